package io.crashplug.access.web;

import io.crashplug.access.ApiTokens;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Finds out whose token a request brings. */
final class Authenticator implements AuthenticationManagerResolver<HttpServletRequest> {

    private static final Logger log = LoggerFactory.getLogger(Authenticator.class);

    private final ApiTokens tokens;
    private final @Nullable JwtAuthenticationProvider jwts;
    private final FailedTries failed;

    /** @param jwts null where no issuer is configured */
    Authenticator(ApiTokens tokens, @Nullable JwtAuthenticationProvider jwts, FailedTries failed) {
        this.tokens = tokens;
        this.jwts = jwts;
        this.failed = failed;
    }

    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
        var address = request.getRemoteAddr();
        return token -> authenticate((BearerTokenAuthenticationToken) token, address);
    }

    private Authentication authenticate(BearerTokenAuthenticationToken token, String address) {
        if (failed.isExhausted(address)) {
            throw new NotDecided(Problem.of(
                            ProblemType.TOO_MANY_REQUESTS,
                            "too many tokens that are not accepted came from this address")
                    .with(Problem.RETRY_AFTER_SECONDS, failed.secondsToWait())
                    .toException());
        }
        try {
            return known(token);
        } catch (InvalidBearerTokenException e) {
            failed.count(address);
            log.info("A token from {} was not accepted: {}", address, e.getMessage());
            throw e;
        } catch (AuthenticationServiceException e) {
            log.warn("A JWT could not be checked: {}", e.getMessage());
            throw new NotDecided(Problem.of(
                            ProblemType.ISSUER_UNAVAILABLE, "the issuer of the token could not be asked for its keys")
                    .toException());
        } catch (AuthenticationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new NotDecided(e);
        }
    }

    private Authentication known(BearerTokenAuthenticationToken token) {
        var known = tokens.recognise(token.getToken());
        if (known.isPresent()) {
            return new KnownPrincipal(
                    known.get().principal(),
                    known.get().role().permissions(),
                    known.get().scope());
        }
        var jwt = jwts == null || !isJwt(token.getToken()) ? null : jwts.authenticate(token);
        if (jwt == null) {
            throw new InvalidBearerTokenException("no token that is known, or it has expired or was revoked");
        }
        return jwt;
    }

    /** Three parts with dots between (RFC 7519, 3). */
    private static boolean isJwt(String token) {
        return token.chars().filter(c -> c == '.').count() == 2;
    }
}
