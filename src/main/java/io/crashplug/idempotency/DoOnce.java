package io.crashplug.idempotency;

import io.crashplug.limits.Times;
import io.crashplug.machine.ChangeMachine;
import io.crashplug.machine.MachineRef;
import io.crashplug.machine.Now;
import io.crashplug.persistence.ReadTransaction;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what a key stands for once: a first request's change, audit entry, key and answer are one transaction, so that
 * either all of them are there or none.
 */
@Component
public class DoOnce {

    private static final int CLEANED_AT_ONCE = 500;

    private final ChangeMachine machines;
    private final KeptAnswers answers;
    private final TransactionTemplate transaction;
    private final ReadTransaction reading;
    private final Clock clock;
    private final Duration retention;

    /** Keys of requests that this process has not answered yet. */
    private final Set<IdempotencyKey> running = ConcurrentHashMap.newKeySet();

    DoOnce(
            ChangeMachine machines,
            KeptAnswers answers,
            PlatformTransactionManager transactions,
            ReadTransaction reading,
            Clock clock,
            Times times) {
        this.machines = machines;
        this.answers = answers;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = reading;
        this.clock = clock;
        this.retention = times.idempotencyKeyRetention();
    }

    /**
     * The answer to a request, or the one that was given to it before.
     *
     * @param fingerprint of all that the answer depends on
     * @param ref the machine that the request is about; null if it is about none that exists
     * @throws io.crashplug.problem.ProblemException idempotency-key-reused if the key stands for another request,
     *     idempotency-key-in-progress while the first one is not answered
     */
    public Answer answer(IdempotencyKey key, String fingerprint, @Nullable MachineRef ref, Supplier<Answer> request) {
        if (!running.add(key)) {
            // What holds the key may be a retry like this one.
            return answered(key, fingerprint);
        }
        try {
            return ref == null
                    ? inTransaction(key, fingerprint, request)
                    : machines.inTurn(ref, () -> inTransaction(key, fingerprint, request));
        } finally {
            running.remove(key);
        }
    }

    private Answer inTransaction(IdempotencyKey key, String fingerprint, Supplier<Answer> request) {
        try {
            return transaction.execute(status -> {
                var now = Now.of(clock);
                var kept = answers.find(key, now.minus(retention));
                if (kept.isPresent()) {
                    return replay(kept.get(), fingerprint);
                }
                reserve(key, fingerprint);
                var answer = request.get();
                if (status.isRollbackOnly() || !answer.changedSomething()) {
                    status.setRollbackOnly();
                } else {
                    answers.keep(key, answer);
                }
                return answer;
            });
        } catch (DuplicateKeyException e) {
            // Another process answered it since this one looked.
            return answered(key, fingerprint);
        }
    }

    /** The answer that was given already. */
    private Answer answered(IdempotencyKey key, String fingerprint) {
        return reading.of(() -> answers.find(key, Now.of(clock).minus(retention))
                .map(kept -> replay(kept, fingerprint))
                .orElseThrow(DoOnce::inProgress));
    }

    private void reserve(IdempotencyKey key, String fingerprint) {
        try {
            var now = Now.of(clock);
            answers.reserve(key, fingerprint, now, now.minus(retention));
        } catch (PessimisticLockingFailureException e) {
            throw inProgress();
        }
    }

    private static Answer replay(KeptAnswers.Kept kept, String fingerprint) {
        if (!kept.fingerprint().equals(fingerprint)) {
            throw Problem.of(
                            ProblemType.IDEMPOTENCY_KEY_REUSED,
                            "the Idempotency-Key was used for a request with other content")
                    .toException();
        }
        return kept.answer();
    }

    private static ProblemException inProgress() {
        return Problem.of(
                        ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS,
                        "the first request with this Idempotency-Key has not been answered yet")
                .toException();
    }

    /** Forgets keys that were kept for long enough. */
    public void clean() {
        var since = Now.of(clock).minus(retention);
        while (Integer.valueOf(CLEANED_AT_ONCE)
                .equals(transaction.execute(status -> answers.forget(since, CLEANED_AT_ONCE)))) {}
    }
}
