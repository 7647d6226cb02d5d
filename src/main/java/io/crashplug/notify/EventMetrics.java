package io.crashplug.notify;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** How far the feed is behind what was committed. */
@Component
@ConditionalOnWebApplication
class EventMetrics {

    private static final double NANOS = 1e9;

    EventMetrics(GivePlaces places, MeterRegistry registry) {
        Gauge.builder("crashplug.events.lag.seconds", places, feed -> feed.lag().toNanos() / NANOS)
                .description("How long the event that waits the longest is not in the feed yet; 0 if all are")
                .baseUnit("seconds")
                .register(registry);
    }
}
