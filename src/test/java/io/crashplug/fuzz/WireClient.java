package io.crashplug.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import org.apache.http.HttpResponse;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.jspecify.annotations.Nullable;

/** Sends what no client would send, and reads what comes back. */
public final class WireClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int BUFFER = 8192;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable DefaultBHttpClientConnection connection;

    public WireClient(int port) {
        this.port = port;
    }

    /** What came back. */
    public record Answer(int status, HttpResponse head, byte[] body) {

        public @Nullable String header(String name) {
            return Optional.ofNullable(head.getFirstHeader(name))
                    .map(org.apache.http.Header::getValue)
                    .orElse(null);
        }
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws IOException if there is no answer, or none that is HTTP
     */
    public Answer send(WireRequest request) throws IOException {
        boolean kept = connection != null;
        try {
            return sent(request);
        } catch (IOException | org.apache.http.HttpException e) {
            close();
            if (kept) {
                // The service may have closed it meanwhile.
                return send(request);
            }
            throw new IOException("no answer: " + e, e);
        }
    }

    private Answer sent(WireRequest request) throws IOException, org.apache.http.HttpException {
        var open = connected();
        var out = open.getOutputStream();
        try {
            out.write(request.bytes());
            out.flush();
            if (request.framing().isBroken()) {
                open.shutdownOutput();
            }
        } catch (IOException e) {
            // Refused before it was sent to its end; the answer is there all the same.
        }
        var from = java.util.Objects.requireNonNull(connection);
        var head = from.receiveResponseHeader();
        while (head.getStatusLine().getStatusCode() < 200) {
            head = from.receiveResponseHeader();
        }
        int status = head.getStatusLine().getStatusCode();
        var body = new byte[0];
        if (!request.method().equals("HEAD") && status != 204 && status != 304) {
            from.receiveResponseEntity(head);
            body = read(head.getEntity().getContent(), request.framing().isBroken());
        }
        var last = head.getFirstHeader("Connection");
        if (request.framing().isBroken() || last != null && last.getValue().equalsIgnoreCase("close")) {
            close();
        }
        return new Answer(status, head, body);
    }

    /** Where the request breaks off, the answer may lack its last chunk, which holds nothing. */
    private static byte[] read(InputStream in, boolean mayBreakOff) throws IOException {
        var body = new ByteArrayOutputStream();
        try {
            in.transferTo(body);
        } catch (IOException e) {
            if (!mayBreakOff) {
                throw e;
            }
        }
        return body.toByteArray();
    }

    private Socket connected() throws IOException {
        var open = socket;
        if (open == null) {
            open = new Socket("127.0.0.1", port);
            open.setSoTimeout(PATIENCE_MILLIS);
            open.setTcpNoDelay(true);
            socket = open;
            connection = new DefaultBHttpClientConnection(BUFFER);
            connection.bind(open);
            // It asks for the streams now, and not when one of them is shut down already.
            connection.flush();
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        socket = null;
        connection = null;
    }
}
