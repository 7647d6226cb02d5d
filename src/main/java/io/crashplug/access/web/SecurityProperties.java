package io.crashplug.access.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the service.
 *
 * @param authentication whether requests must be authenticated: {@code none}, on loopback only, or {@code required}
 * @param failedTriesPerMinute how many tokens that are not accepted may come from one address in a minute, from 1; more are
 *     answered 429, as is whatever else that address sends with a token
 * @param jwt what is read of JWTs, which are accepted where
 *     {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} names their issuer
 */
@ConfigurationProperties("crashplug.security")
record SecurityProperties(
        @DefaultValue("none") Authentication authentication,
        @DefaultValue("60") int failedTriesPerMinute,
        @DefaultValue Jwt jwt) {

    /** Whether requests must be authenticated. */
    enum Authentication {
        /** Whoever reaches the service may do anything; it then listens on loopback only. */
        NONE,

        /** Requests need an API token, or a JWT of the configured issuer. */
        REQUIRED
    }

    /**
     * What is read of JWTs.
     *
     * @param principalClaim the claim that names the principal
     * @param rolesClaim the claim that lists roles; what is no role of this service is passed over
     * @param labelsClaim the claim that limits the principal to machines, a list of {@code key=value}; null for no limit
     */
    record Jwt(
            @DefaultValue("sub") String principalClaim,
            @DefaultValue("roles") String rolesClaim,
            @Nullable String labelsClaim) {}

    SecurityProperties {
        if (failedTriesPerMinute < 1) {
            throw new IllegalArgumentException(
                    "crashplug.security.failed-tries-per-minute is %d, less than 1".formatted(failedTriesPerMinute));
        }
    }

    boolean isRequired() {
        return authentication == Authentication.REQUIRED;
    }
}
