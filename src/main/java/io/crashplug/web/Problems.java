package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever ends a request into an {@code application/problem+json} document of a published type. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<Object> known(ProblemException exception) {
        var headers = new HttpHeaders();
        var wait = exception.problem().members().get(Problem.RETRY_AFTER_SECONDS);
        if (wait != null) {
            headers.set(HttpHeaders.RETRY_AFTER, wait.toString());
        } else if (exception.problem().type().status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, BusyProblems.RETRY_AFTER_SECONDS);
        }
        return answer(exception.problem(), headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RefusedBody exception) {
        return answer(exception.problem(), HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> unsatisfiable(UnsatisfiableRange exception) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_RANGE, exception.contentRange());
        return answer(exception.problem(), headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> undecodable(InvalidParameterException exception) {
        return answer(Problem.of(ProblemType.INVALID_REQUEST, "the query cannot be decoded"), HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException exception) {
        var detail = "the path, the query or a header holds characters that it may not hold";
        return answer(Problem.of(ProblemType.INVALID_REQUEST, detail), HttpHeaders.EMPTY);
    }

    /** Leaves it to the server, which closes the connection. */
    @ExceptionHandler
    ResponseEntity<Object> brokenOff(BrokenOff exception) {
        if (exception.getCause() instanceof IOException) {
            log.info(
                    "A client left before the end of its answer: {}",
                    exception.getCause().toString());
        } else {
            log.error("An answer was broken off", exception.getCause());
        }
        throw exception;
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception exception) {
        var id = UUID.randomUUID();
        log.error("A request failed, id {}", id, exception);
        return answer(
                Problem.of(ProblemType.INTERNAL, "the service failed; quote %s".formatted(id))
                        .with("id", id.toString()),
                HttpHeaders.EMPTY);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var bug = UnreadableBody.bugBehind(exception);
        return bug != null ? unexpected(bug) : answer(UnreadableBody.explain(exception), headers);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var name = exception instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(exception.getPropertyName());
        return answer(Problem.invalid(name, "%s has a value it cannot have".formatted(name)), headers);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        var name = exception.getParameterName();
        return answer(Problem.invalid(name, "%s is missing".formatted(name)), headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception exception,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        var type = Arrays.stream(ProblemType.values())
                .filter(candidate -> candidate.status() == status.value())
                .findFirst()
                .orElse(ProblemType.INTERNAL);
        var detail = body instanceof ProblemDetail problem && problem.getDetail() != null
                ? problem.getDetail()
                : type.explanation();
        return answer(Problem.of(type, detail), headers);
    }

    static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.type().status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDocument.of(problem));
    }
}
