package io.crashplug.limits;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Work of one kind, of which few is done at a time. */
public final class AtOnce {

    private final Semaphore free;
    private final String refusal;

    /** @param what the work in words, as the beginning of a sentence with its number */
    public AtOnce(int most, String what) {
        this(new Semaphore(most), "%d %s are under way already".formatted(most, what));
    }

    private AtOnce(Semaphore free, String refusal) {
        this.free = free;
        this.refusal = refusal;
    }

    /** Work that is refused with a sentence of its own. */
    public static AtOnce refusing(int most, String refusal) {
        return new AtOnce(new Semaphore(most), refusal);
    }

    /**
     * Does the work.
     *
     * @throws io.crashplug.problem.ProblemException too-many-at-once if as much is under way already
     */
    public <T> T run(Supplier<T> work) {
        if (!free.tryAcquire()) {
            throw Problem.of(ProblemType.TOO_MANY_AT_ONCE, refusal).toException();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
