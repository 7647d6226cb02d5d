package io.crashplug.notify;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** What this process knows of the end of the feed, for those that wait for it to go on. */
@Component
class FeedPosition {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private final Condition advanced = lock.newCondition();

    private boolean moreCommitted;
    private boolean closed;
    private long last;

    /** Events were committed that have no place yet. */
    void moreCommitted() {
        locked(() -> {
            moreCommitted = true;
            committed.signalAll();
        });
    }

    /** Returns when events were committed since the last call, after that time, or when the service ends. */
    void awaitCommitted(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(committed, most, () -> closed || moreCommitted);
            moreCommitted = false;
        } finally {
            lock.unlock();
        }
    }

    /** The feed is known to go up to there. */
    void is(long position) {
        locked(() -> {
            last = position;
            advanced.signalAll();
        });
    }

    /** How far the feed is known to go. */
    long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the feed goes beyond a place, after that time, or when the service ends; whether it does. */
    boolean awaitBeyond(long position, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(advanced, most, () -> closed || last > position);
            return last > position;
        } finally {
            lock.unlock();
        }
    }

    private static void await(Condition condition, Duration most, BooleanSupplier met) throws InterruptedException {
        for (long left = most.toNanos(); left > 0 && !met.getAsBoolean(); ) {
            left = condition.awaitNanos(left);
        }
    }

    /** Whoever asks from now on may wait. */
    void open() {
        locked(() -> closed = false);
    }

    /** Nobody waits any longer from now on. */
    void close() {
        locked(() -> {
            closed = true;
            advanced.signalAll();
            committed.signalAll();
        });
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
