package io.crashplug.notify;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Gives up, in the background, what waits to be sent for too long; several processes may do so at once. */
@Component
@ConditionalOnWebApplication
class GiveUpDeliveries {

    private static final Logger log = LoggerFactory.getLogger(GiveUpDeliveries.class);

    private final OldDeliveries deliveries;
    private final DeliveryMetrics metrics;

    GiveUpDeliveries(OldDeliveries deliveries, DeliveryMetrics metrics) {
        this.deliveries = deliveries;
        this.metrics = metrics;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void giveUp() {
        for (var name : deliveries.names()) {
            int given = deliveries.giveUp(name);
            if (given > 0) {
                log.warn("{} deliveries to the webhook {} were given up", given, name);
            }
        }
        metrics.are(deliveries.failing(), deliveries.dead());
    }
}
