package io.crashplug.access.web;

import io.crashplug.access.ApiTokens;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Lets the service start on an address that other machines reach only if it authenticates requests, and says who may use
 * it when it has started.
 */
@Component
@ConditionalOnWebApplication
class ReachableAddress {

    private static final Logger log = LoggerFactory.getLogger("io.crashplug");

    private final SecurityProperties security;
    private final ApiTokens tokens;
    private final ObjectProvider<JwtDecoder> issuer;

    ReachableAddress(
            SecurityProperties security,
            ServerProperties server,
            Environment environment,
            ApiTokens tokens,
            ObjectProvider<JwtDecoder> issuer) {
        this.security = security;
        this.tokens = tokens;
        this.issuer = issuer;
        if (!security.isRequired()) {
            if (issuer.getIfAvailable() != null) {
                throw new UnsafeBinding("An issuer of JWTs is configured, but authentication is not required.");
            }
            requireLoopback("server.address", server.getAddress());
            // With a port of its own, what manages the service listens on an address of its own.
            if (environment.containsProperty("management.server.port")) {
                var address = "management.server.address";
                requireLoopback(address, environment.getProperty(address, InetAddress.class));
            }
        }
    }

    private static void requireLoopback(String property, @Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new UnsafeBinding("Without authentication the service listens on loopback only, and %s is %s."
                    .formatted(
                            property, address == null ? "not set, which is every address" : address.getHostAddress()));
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void sayWhoMayUseIt() {
        if (!security.isRequired()) {
            log.info("There are no accounts: whoever reaches this address may do anything");
        } else if (tokens.isEmpty() && issuer.getIfAvailable() == null) {
            log.warn("Nobody can use the service yet: there is no token. Make the first one with --create-token=NAME");
        }
    }
}
