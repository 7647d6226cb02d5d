package io.crashplug.idempotency.web;

import io.crashplug.idempotency.Answer;
import io.crashplug.idempotency.DoOnce;
import io.crashplug.idempotency.IdempotencyKey;
import io.crashplug.machine.MachineRef;
import io.crashplug.security.Caller;
import io.crashplug.web.StateChanges;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.ServletRequestPathUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a request with an {@code Idempotency-Key} once. It is around the controllers, so that an answer is kept as the
 * bytes that are sent, and nothing is sent before what it tells of is committed.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 10)
class IdempotencyFilter extends OncePerRequestFilter {

    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern MACHINE = Pattern.compile("/api/v1/machines/([^/]+)(/.*)?");
    private static final Pattern YES = Pattern.compile("(?i)\\s*(true|on|yes|1)\\s*");

    private final DoOnce once;
    private final HandlerExceptionResolver problems;
    private final JsonMapper json;

    IdempotencyFilter(
            DoOnce once, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems, JsonMapper json) {
        this.once = once;
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(KEY) == null
                || !StateChanges.mayComeOf(request.getMethod(), path(request))
                || isDryRun(request);
    }

    /** As controllers see it: without what is encoded of it. */
    private static String path(HttpServletRequest request) {
        return ServletRequestPathUtils.parseAndCache(request).pathWithinApplication().elements().stream()
                .map(part -> part instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : part.value())
                .collect(Collectors.joining());
    }

    /** As controllers read it. */
    private static boolean isDryRun(HttpServletRequest request) {
        var asked = request.getParameter("dryRun");
        return asked != null
                && YES.matcher(asked).matches()
                && StateChanges.mayBeTriedOut(request.getMethod(), path(request));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var captured = new ContentCachingResponseWrapper(response);
        try {
            var read = new ReadRequest(request);
            var answer = once.answer(
                    new IdempotencyKey(actor(request), request.getHeader(KEY)),
                    read.fingerprint(),
                    machine(request),
                    () -> handled(read, captured, chain));
            if (answer.replayed()) {
                Answers.write(answer, captured);
                captured.setHeader(REPLAYED, "true");
            }
        } catch (Undone undone) {
            throw undone.cause();
        } catch (RuntimeException | IOException e) {
            Answers.forget(captured);
            if (problems.resolveException(request, captured, null, e) == null) {
                throw e;
            }
        }
        captured.copyBodyToResponse();
    }

    private Answer handled(ReadRequest request, ContentCachingResponseWrapper response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
            return Answers.read(response, changedSomething(request, response));
        } catch (ServletException | IOException e) {
            throw new Undone(e);
        }
    }

    /** A success did unless it says otherwise, and so did a refusal that names its entry in the audit. */
    private boolean changedSomething(HttpServletRequest request, ContentCachingResponseWrapper response) {
        if (response.getStatus() < 300) {
            return !StateChanges.noneCameOf(request);
        }
        var type = response.getContentType();
        return type != null
                && MediaType.parseMediaType(type).equalsTypeAndSubtype(MediaType.APPLICATION_PROBLEM_JSON)
                && json.readTree(response.getContentAsByteArray()).has("sequence");
    }

    private static String actor(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        return principal == null ? Caller.ANONYMOUS : principal.getName();
    }

    private static @Nullable MachineRef machine(HttpServletRequest request) {
        var path = MACHINE.matcher(path(request));
        return path.matches() ? new MachineRef(path.group(1)) : null;
    }

    /** Carries what the servlet container would have been told through a transaction, which it undoes. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Undone(Exception cause) {
            super(cause);
        }

        private ServletException cause() {
            var cause = getCause();
            return cause instanceof ServletException servlet ? servlet : new ServletException(cause);
        }
    }
}
