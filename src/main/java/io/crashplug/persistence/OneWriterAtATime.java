package io.crashplug.persistence;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/**
 * Transactions of which at most one writes at a time; those that only read are not counted. For H2, which writes what
 * other transactions have begun together with each commit, and not always with what undoes it: a kill of the process
 * then leaves rows behind of which nobody knows any longer that they were never committed.
 */
final class OneWriterAtATime extends JpaTransactionManager {

    private final transient ReentrantLock turn = new ReentrantLock(true);
    private final transient Set<Object> writing = ConcurrentHashMap.newKeySet();
    private final Duration patience;

    /** @param patience how long a transaction waits for its turn; then a {@link CannotAcquireLockException} is thrown */
    OneWriterAtATime(Duration patience) {
        this.patience = patience;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        if (definition.isReadOnly()) {
            super.doBegin(transaction, definition);
            return;
        }
        take();
        try {
            super.doBegin(transaction, definition);
            writing.add(transaction);
        } finally {
            if (!writing.contains(transaction)) {
                turn.unlock();
            }
        }
    }

    private void take() {
        try {
            if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CannotAcquireLockException("waited %d ms for other changes".formatted(patience.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for other changes", e);
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            if (writing.remove(transaction)) {
                turn.unlock();
            }
        }
    }
}
