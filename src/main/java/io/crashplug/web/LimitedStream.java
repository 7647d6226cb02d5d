package io.crashplug.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.coyote.BadRequestException;

/** The bytes of a {@link LimitedBody}. */
final class LimitedStream extends ServletInputStream {

    private final ServletInputStream in;
    private final LimitedBody body;
    private long left;

    LimitedStream(ServletInputStream in, LimitedBody body, long most) {
        this.in = in;
        this.body = body;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = readInTime(buffer, offset, length);
        left -= Math.max(read, 0);
        if (left < 0) {
            throw new RefusedBody(body.tooLarge());
        }
        return read;
    }

    private int readInTime(byte[] buffer, int offset, int length) throws IOException {
        if (body.isTooLate() && !in.isFinished()) {
            UnreadBodies.leave(body);
            throw new RefusedBody(body.tooSlow());
        }
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                UnreadBodies.leave(body);
                throw new RefusedBody(body.tooSlow());
            }
            throw e instanceof BadRequestException ? new RefusedBody(LimitedBody.broken()) : e;
        }
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }
}
