package io.crashplug.notify;

import io.crashplug.machine.Now;
import io.crashplug.notify.StoredWebhooks.Stored;
import io.crashplug.security.Scope;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes deliveries of events of the feed. */
@Component
class EnqueueEvents {

    private static final int EVENTS_AT_ONCE = 500;

    private final StoredWebhooks webhooks;
    private final WebhookProgress progress;
    private final DeliveryQueue queue;
    private final StoredFeed feed;
    private final Circuit circuit;
    private final Clock clock;

    EnqueueEvents(
            StoredWebhooks webhooks,
            WebhookProgress progress,
            DeliveryQueue queue,
            StoredFeed feed,
            Circuit circuit,
            Clock clock) {
        this.webhooks = webhooks;
        this.progress = progress;
        this.queue = queue;
        this.feed = feed;
        this.circuit = circuit;
        this.clock = clock;
    }

    /** The webhooks that have not looked at all events yet. */
    @Transactional(readOnly = true)
    public List<String> behind() {
        return progress.behind();
    }

    /** How far a webhook has looked at the feed. */
    enum Looked {
        TO_THE_END,
        IN_PART,
        /** Somebody else has the webhook's row. */
        NOT_AT_ALL
    }

    /** Makes deliveries of some events of the feed. */
    @Transactional
    public Looked enqueue(String name) {
        return webhooks.lockIfFree(name)
                .map(stored -> stored.webhook().paused() ? Looked.TO_THE_END : enqueue(stored))
                .orElse(Looked.NOT_AT_ALL);
    }

    private Looked enqueue(Stored stored) {
        var page = feed.read(
                Math.max(stored.position(), feed.beforeOldest()),
                stored.webhook().wanted().filter(),
                Scope.EVERYTHING,
                EVENTS_AT_ONCE);
        var name = stored.webhook().name();
        var now = Now.of(clock);
        queue.append(
                name,
                stored.lastNumber(),
                page.events().stream().map(EventId::of).toList(),
                now,
                circuit.giveUpAt(now));
        progress.moveOn(name, page.next(), stored.lastNumber() + page.events().size());
        return page.atEnd() ? Looked.TO_THE_END : Looked.IN_PART;
    }
}
