package io.crashplug.web;

import io.crashplug.limits.Limits;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import jakarta.persistence.PersistenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers requests that would go well later: those that would have had to wait too long, and those that the database
 * went away from. Before {@link Problems}, which knows every exception.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class BusyProblems {

    private static final Logger log = LoggerFactory.getLogger(BusyProblems.class);

    /** Seconds after which a client may try again. */
    static final String RETRY_AFTER_SECONDS = "1";

    private final Problems others;
    private final Limits limits;

    BusyProblems(Problems others, Limits limits) {
        this.others = others;
        this.limits = limits;
    }

    @ExceptionHandler({PessimisticLockingFailureException.class, ObjectOptimisticLockingFailureException.class})
    ResponseEntity<Object> busy(RuntimeException exception) {
        return later(ProblemType.MACHINE_BUSY, "another change has not ended yet", exception);
    }

    @ExceptionHandler({
        QueryTimeoutException.class,
        jakarta.persistence.QueryTimeoutException.class,
        TransactionTimedOutException.class
    })
    ResponseEntity<Object> tooLong(RuntimeException exception) {
        return later(
                ProblemType.TOOK_TOO_LONG,
                "the request was not done after %d s, and was undone"
                        .formatted(limits.requestTime().toSeconds()),
                exception);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class, PersistenceException.class})
    ResponseEntity<Object> failed(RuntimeException exception) {
        if (NestedExceptionUtils.getMostSpecificCause(exception) instanceof org.hibernate.TransactionException) {
            // Hibernate's word for the deadline; whatever else ends a transaction has a cause.
            return tooLong(exception);
        }
        return LostDatabase.isBehind(exception)
                ? later(
                        ProblemType.DATABASE_UNAVAILABLE,
                        "the database gave no connection, or ended it; whether the request was carried out is not known",
                        exception)
                : others.unexpected(exception);
    }

    private static ResponseEntity<Object> later(ProblemType type, String detail, RuntimeException exception) {
        log.warn(
                "{}: {}",
                detail,
                String.valueOf(exception.getMessage()).lines().findFirst().orElse(""));
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return Problems.answer(Problem.of(type, detail), headers);
    }
}
