package io.crashplug.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long, and how often.
 *
 * @param lockTimeoutMillis how many ms a change waits for another one, of the same machine or over H2 of any, before it is answered
 *     machine-busy
 * @param idempotencyKeyRetention how long a request with an Idempotency-Key is answered again as it was
 * @param eventRetention how long an event stays in the feed; the history of machines stays for ever
 */
@ConfigurationProperties("crashplug")
public record Times(
        long lockTimeoutMillis, Duration idempotencyKeyRetention, Duration eventRetention, Metrics metrics) {

    /**
     * Of monitoring.
     *
     * @param fleetInterval how often the machines are counted for /actuator/prometheus
     */
    public record Metrics(Duration fleetInterval) {}

    public Times {
        require("lock-timeout-millis", lockTimeoutMillis);
        require("idempotency-key-retention", idempotencyKeyRetention.toMillis());
        require("event-retention", eventRetention.toMillis());
        require("metrics.fleet-interval", metrics.fleetInterval().toMillis());
    }

    private static void require(String property, long millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("crashplug.%s is less than a millisecond".formatted(property));
        }
    }
}
