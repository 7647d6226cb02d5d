package io.crashplug.notify;

import io.crashplug.machine.Now;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives up what waits for too long, and counts what was given up. */
@Component
class OldDeliveries {

    private final StoredWebhooks webhooks;
    private final WebhookProgress progress;
    private final DeliveryQueue queue;
    private final Clock clock;

    OldDeliveries(StoredWebhooks webhooks, WebhookProgress progress, DeliveryQueue queue, Clock clock) {
        this.webhooks = webhooks;
        this.progress = progress;
        this.queue = queue;
        this.clock = clock;
    }

    /** All webhooks. */
    @Transactional(readOnly = true)
    public List<String> names() {
        return progress.names();
    }

    /** How many webhooks are tried with one delivery at a time. */
    @Transactional(readOnly = true)
    public int failing() {
        return progress.failing();
    }

    /** How many deliveries were given up. */
    @Transactional(readOnly = true)
    public long dead() {
        return progress.dead();
    }

    /** Ends what was tried for long enough; how many deliveries. */
    @Transactional
    public int giveUp(String name) {
        return webhooks.lock(name)
                .filter(stored -> !stored.webhook().paused())
                .map(stored -> queue.giveUp(name, Now.of(clock)))
                .orElse(0);
    }
}
