package io.crashplug.access.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Without accounts, keeps out what web pages of other sites make a browser on this machine send: requests that say so
 * themselves (Fetch Metadata), and those for which another name was made to lead to this machine (DNS rebinding).
 */
final class OwnPages extends OncePerRequestFilter {

    /** Names that lead to the machine itself wherever they are looked up. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)(localhost|(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])");

    private final HandlerExceptionResolver problems;

    OwnPages(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
            return;
        }
        var problem = Problem.of(ProblemType.FORBIDDEN, refusal).toException();
        if (problems.resolveException(request, response, null, problem) == null) {
            throw problem;
        }
    }

    private static @Nullable String refusal(HttpServletRequest request) {
        if (!LOOPBACK.matcher(request.getServerName()).matches()) {
            return "without accounts the service answers to names of this machine only, as 127.0.0.1 and localhost, and"
                    + " the Host header has another one";
        }
        return "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                ? "without accounts the service answers no requests that pages of other sites send"
                : null;
    }
}
