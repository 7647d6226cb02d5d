package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests that would have had to wait too long; before {@link Problems}, which knows every exception. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class BusyProblems {

    private static final Logger log = LoggerFactory.getLogger(BusyProblems.class);

    /** Seconds after which a client may try again. */
    private static final String RETRY_AFTER_SECONDS = "1";

    @ExceptionHandler({PessimisticLockingFailureException.class, ObjectOptimisticLockingFailureException.class})
    ResponseEntity<Object> busy(RuntimeException exception) {
        return later("another change of this machine has not ended yet", exception);
    }

    @ExceptionHandler
    ResponseEntity<Object> noConnection(CannotCreateTransactionException exception) {
        return later("the database gave no connection in time", exception);
    }

    private static ResponseEntity<Object> later(String detail, RuntimeException exception) {
        log.warn(
                "{}: {}",
                detail,
                String.valueOf(exception.getMessage()).lines().findFirst().orElse(""));
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return Problems.answer(Problem.of(ProblemType.MACHINE_BUSY, detail), headers);
    }
}
