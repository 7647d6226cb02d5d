package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Reads that hold a connection to the database for as long as there is something to read. Few run at a time, so that
 * clients that read slowly leave connections for changes.
 */
@Component
public class LongReads {

    /** Of the ten connections that the pool has by default. */
    private static final int MOST_AT_ONCE = 2;

    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    /**
     * Reads.
     *
     * @throws io.crashplug.problem.ProblemException too-many-at-once if as many run already
     */
    public <T> T run(Supplier<T> read) {
        if (!free.tryAcquire()) {
            throw Problem.of(
                            ProblemType.TOO_MANY_AT_ONCE,
                            "%d exports or checks are under way already".formatted(MOST_AT_ONCE))
                    .toException();
        }
        try {
            return read.get();
        } finally {
            free.release();
        }
    }
}
