package io.crashplug.crash;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A moment after which waiting has failed. */
final class Deadline {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final long end;
    private final Duration patience;

    private Deadline(Duration patience) {
        this.patience = patience;
        this.end = System.nanoTime() + patience.toNanos();
    }

    static Deadline in(Duration patience) {
        return new Deadline(patience);
    }

    boolean isOver() {
        return System.nanoTime() - end > 0;
    }

    /**
     * Returns when something holds; looks again and again, since processes do not call back.
     *
     * @throws AssertionError if it does not hold in time
     */
    void await(Supplier<String> what, Callable<Boolean> holds) throws Exception {
        while (!holds.call()) {
            if (isOver()) {
                throw new AssertionError("not within %s: %s".formatted(patience, what.get()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
