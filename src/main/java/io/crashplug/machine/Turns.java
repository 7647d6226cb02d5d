package io.crashplug.machine;

import io.crashplug.limits.Times;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.stereotype.Component;

/**
 * Lets the changes of a machine in one after the other, in the order they came, before they take a connection: those
 * that wait for a busy machine keep none from the others. What holds between processes is the lock on the machine's row.
 */
@Component
class Turns {

    private final ConcurrentMap<UUID, Turn> turns = new ConcurrentHashMap<>();
    private final Duration patience;

    @Autowired
    Turns(Times times) {
        this(times.lockTimeoutMillis());
    }

    Turns(long patienceMillis) {
        this.patience = Duration.ofMillis(patienceMillis);
    }

    /**
     * What {@code change} returns once it is its turn.
     *
     * @throws CannotAcquireLockException if that takes longer than the database would wait for the row
     */
    <T> T await(UUID machine, Supplier<T> change) {
        var turn = turns.compute(machine, (id, known) -> (known == null ? new Turn() : known).joined());
        try {
            if (!turn.lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CannotAcquireLockException(
                        "waited %d ms for other changes of machine %s".formatted(patience.toMillis(), machine));
            }
            try {
                return change.get();
            } finally {
                turn.lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a machine", e);
        } finally {
            turns.computeIfPresent(machine, (id, known) -> known.left());
        }
    }

    /** The lock of a machine that somebody changes or waits to change. */
    private static final class Turn {

        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;

        private Turn joined() {
            users++;
            return this;
        }

        private @Nullable Turn left() {
            return --users == 0 ? null : this;
        }
    }
}
