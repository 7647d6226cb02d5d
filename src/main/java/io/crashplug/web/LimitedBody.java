package io.crashplug.web;

import io.crashplug.limits.Limits;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body ends with an exception where it is too large or comes too slowly. */
final class LimitedBody extends HttpServletRequestWrapper {

    /** What is read on of a refused body, as a multiple of the largest body. */
    private static final int READ_ON = 8;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Limits limits;
    private final long deadline;

    LimitedBody(HttpServletRequest request, Limits limits) {
        super(request);
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.bodyTime().toNanos();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new LimitedStream(super.getInputStream(), this, limits.bodySize().toBytes());
    }

    Problem tooLarge() {
        long most = limits.bodySize().toBytes();
        return Problem.of(ProblemType.BODY_TOO_LARGE, "the body has more than %d bytes".formatted(most))
                .with("maxBytes", most);
    }

    Problem tooSlow() {
        return Problem.of(
                ProblemType.REQUEST_TIMEOUT,
                "the body had not arrived after %d s"
                        .formatted(limits.bodyTime().toSeconds()));
    }

    static Problem broken() {
        return Problem.of(
                ProblemType.INVALID_REQUEST, "the body ends before its length, or its chunks cannot be told apart");
    }

    /**
     * Reads on, when all is answered, what a client still sends. Many clients listen only when they have sent all; to
     * them a connection that is closed before says nothing of the reason.
     */
    void readOn(ServletResponse response) throws IOException {
        var body = super.getInputStream();
        if (body.isFinished()) {
            return;
        }
        try {
            response.flushBuffer();
            var buffer = new byte[BUFFER_BYTES];
            long left = READ_ON * limits.bodySize().toBytes();
            int read = 0;
            while (read >= 0 && left > 0 && !isTooLate()) {
                read = body.read(buffer);
                left -= read;
            }
        } catch (IOException e) {
            // It was answered, and the client has gone, or goes on with what is no body.
        }
        if (!body.isFinished()) {
            UnreadBodies.leave(this);
        }
    }

    /** Whether the body is to be given up by now. */
    boolean isTooLate() {
        return System.nanoTime() - deadline > 0;
    }
}
