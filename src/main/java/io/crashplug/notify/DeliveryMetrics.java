package io.crashplug.notify;

import io.crashplug.notify.Attempt.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** What this process has sent, and how the webhooks are, as far as it was counted last. */
@Component
@ConditionalOnWebApplication
class DeliveryMetrics {

    private final Counter delivered;
    private final Counter failed;

    private volatile int failing;
    private volatile long dead;

    DeliveryMetrics(MeterRegistry registry) {
        delivered = attempts(registry, "delivered");
        failed = attempts(registry, "failed");
        Gauge.builder("crashplug.webhooks.failing", this, metrics -> metrics.failing)
                .description("Webhooks whose last tries have failed, so that one is made at a time")
                .register(registry);
        Gauge.builder("crashplug.webhook.deliveries.dead", this, metrics -> metrics.dead)
                .description("Deliveries that were given up, of the events that are kept")
                .register(registry);
    }

    private static Counter attempts(MeterRegistry registry, String result) {
        return Counter.builder("crashplug.webhook.attempts")
                .description("Events that were sent to webhooks, each time that they were")
                .tag("result", result)
                .register(registry);
    }

    void count(Result result) {
        (result.error() == null ? delivered : failed).increment();
    }

    void are(int failingWebhooks, long deadDeliveries) {
        failing = failingWebhooks;
        dead = deadDeliveries;
    }
}
