package io.crashplug.idempotency.web;

import io.crashplug.elfcore.HeaderBytes;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;

/** A request whose body was read to its end, to be compared and then read again. */
final class ReadRequest extends HttpServletRequestWrapper {

    private final byte[] body;

    ReadRequest(HttpServletRequest request) throws IOException {
        super(request);
        // What comes with a DELETE means nothing.
        body = getMethod().equals("DELETE")
                ? new byte[0]
                : request.getInputStream().readAllBytes();
    }

    /** SHA-256 over all that the answer depends on. */
    String fingerprint() {
        var content = new ByteArrayOutputStream();
        for (var part : new String[] {
            getMethod(),
            getRequestURI(),
            getQueryString(),
            getHeader(HttpHeaders.CONTENT_TYPE),
            getHeader(HttpHeaders.ACCEPT),
            getHeader(HttpHeaders.IF_MATCH)
        }) {
            // A line feed is in none of them.
            content.writeBytes((part + "\n").getBytes(StandardCharsets.UTF_8));
        }
        content.writeBytes(body);
        return HeaderBytes.of(content.toByteArray()).sha256();
    }

    @Override
    public ServletInputStream getInputStream() {
        return new OfBody(new ByteArrayInputStream(body));
    }

    private static final class OfBody extends ServletInputStream {

        private final ByteArrayInputStream in;

        private OfBody(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return in.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read already");
        }
    }
}
