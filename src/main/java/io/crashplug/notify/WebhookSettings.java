package io.crashplug.notify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * How events are sent to webhooks.
 *
 * @param allowedNetworks addresses and networks, as {@code 10.1.0.0/16}, that may be sent to though they are loopback,
 *     private or for a special purpose
 * @param sslBundle the bundle ({@code spring.ssl.bundle}) whose trust store says which receivers are trusted; null for
 *     that of Java
 * @param most how many webhooks there may be; more are answered 409
 * @param atOnce how many deliveries one process sends to a webhook at a time
 * @param timeout the time in which a receiver must have answered
 * @param firstRetry how long after its first failure a delivery is tried again; twice as long after each further one
 * @param mostBetweenRetries the longest time between two tries
 * @param giveUpAfter after so long, but at most crashplug.event-retention, a delivery is dead if it waits or fails
 */
@ConfigurationProperties("crashplug.webhooks")
record WebhookSettings(
        @DefaultValue List<String> allowedNetworks,
        @Nullable String sslBundle,
        @DefaultValue("100") int most,
        @DefaultValue("4") int atOnce,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("5s") Duration firstRetry,
        @DefaultValue("1h") Duration mostBetweenRetries,
        @DefaultValue("1d") Duration giveUpAfter) {

    /** What a process that goes on may take for other things than waiting for an answer. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    WebhookSettings {
        allowedNetworks = List.copyOf(allowedNetworks);
        allowedNetworks.forEach(WebhookSettings::requireNetwork);
        require("most", most);
        require("at-once", atOnce);
        require("timeout", timeout.toMillis());
        require("first-retry", firstRetry.toMillis());
        require("most-between-retries", mostBetweenRetries.toMillis());
        require("give-up-after", giveUpAfter.toMillis());
    }

    /** After how long a delivery that is being sent is lost with whoever sent it. */
    Duration lease() {
        return timeout.multipliedBy(2).plus(SPARE);
    }

    private static void requireNetwork(String network) {
        try {
            InetAddressFilter.of(network);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "crashplug.webhooks.allowed-networks holds \"%s\", which is no network as 10.1.0.0/16"
                            .formatted(network),
                    e);
        }
    }

    private static void require(String property, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("crashplug.webhooks.%s is less than one".formatted(property));
        }
    }
}
