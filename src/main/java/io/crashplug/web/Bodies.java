package io.crashplug.web;

import io.crashplug.limits.Limits;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses bodies that are too large, at once where the length is announced, and those that come too slowly; a thread
 * waits for each, so one address has only so many under way.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class Bodies extends OncePerRequestFilter {

    private static final String IDENTITY = "identity";
    private static final Set<String> WITH_A_BODY = Set.of("POST", "PUT", "PATCH");

    private final Limits limits;
    private final HandlerExceptionResolver problems;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    Bodies(Limits limits, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getContentLengthLong() == 0
                || (request.getContentLengthLong() < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var address = request.getRemoteAddr();
        try {
            if (underWay.merge(address, 1, Integer::sum) > limits.bodiesAtOnce()) {
                UnreadBodies.leave(request);
                refuse(
                        request,
                        response,
                        Problem.of(
                                ProblemType.TOO_MANY_AT_ONCE,
                                "%d requests with a body of this address are under way already"
                                        .formatted(limits.bodiesAtOnce())));
                return;
            }
            var limited = new LimitedBody(request, limits);
            if (!WITH_A_BODY.contains(request.getMethod())) {
                // Nobody reads it.
                chain.doFilter(limited, response);
            } else if (!IDENTITY.equalsIgnoreCase(
                    Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_ENCODING), IDENTITY))) {
                response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
                refuse(
                        request,
                        response,
                        Problem.of(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "bodies are read as they are, without a Content-Encoding"));
            } else if (request.getContentLengthLong() > limits.bodySize().toBytes()) {
                refuse(request, response, limited.tooLarge());
            } else {
                chain.doFilter(limited, response);
            }
            limited.readOn(response);
        } finally {
            underWay.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        if (problems.resolveException(request, response, null, problem.toException()) == null) {
            throw problem.toException();
        }
    }
}
