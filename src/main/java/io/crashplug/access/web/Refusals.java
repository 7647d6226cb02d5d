package io.crashplug.access.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers what is refused before a controller sees it with the same problems that controllers answer with. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final HandlerExceptionResolver problems;

    Refusals(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    /** Says nothing of why a token is not accepted: that helps guessing, and the log has it. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (exception instanceof NotDecided notDecided) {
            answer(request, response, notDecided.reason());
            return;
        }
        boolean sent = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sent ? "Bearer error=\"invalid_token\"" : "Bearer");
        answer(
                request,
                response,
                Problem.of(ProblemType.UNAUTHORIZED, sent ? "the token is not accepted" : "the request has no token")
                        .toException());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        answer(
                request,
                response,
                Problem.of(ProblemType.FORBIDDEN, "the role of this principal does not include the operation")
                        .toException());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException exception)
            throws IOException {
        answer(request, response, exception);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, RuntimeException exception) {
        if (problems.resolveException(request, response, null, exception) == null) {
            throw exception;
        }
    }
}
