package io.crashplug.access.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Counts the requests of each principal and refuses those beyond its quota; tells what is left in the headers of
 * draft-ietf-httpapi-ratelimit-headers (version 10). Each process counts for itself.
 */
final class RateLimit extends OncePerRequestFilter {

    static final String POLICY_HEADER = "RateLimit-Policy";
    static final String HEADER = "RateLimit";

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final HandlerExceptionResolver problems;

    /** Of a principal that was silent for a window nothing needs to be known: its bucket is full. */
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().expireAfterAccess(WINDOW).build();

    RateLimit(int perMinute, HandlerExceptionResolver problems) {
        this.perMinute = perMinute;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var principal = request.getUserPrincipal();
        if (principal == null) {
            chain.doFilter(request, response);
            return;
        }
        var left = buckets.get(principal.getName(), unknown -> full()).tryConsumeAndReturnRemaining(1);
        response.setHeader(POLICY_HEADER, "\"principal\";q=%d;w=%d".formatted(perMinute, WINDOW.toSeconds()));
        response.setHeader(HEADER, "\"principal\";r=%d;t=%d".formatted(left.getRemainingTokens(), secondsToFull(left)));
        if (left.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        var refused = Problem.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "%s has sent %d requests in a minute".formatted(principal.getName(), perMinute))
                .with(Problem.RETRY_AFTER_SECONDS, seconds(left.getNanosToWaitForRefill()))
                .toException();
        if (problems.resolveException(request, response, null, refused) == null) {
            throw refused;
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WINDOW))
                .build();
    }

    private static long secondsToFull(ConsumptionProbe left) {
        return seconds(left.getNanosToWaitForReset());
    }

    /** Rounded up, and never none. */
    private static long seconds(long nanos) {
        return Math.max(1, Duration.ofNanos(nanos).plusSeconds(1).minusNanos(1).toSeconds());
    }
}
