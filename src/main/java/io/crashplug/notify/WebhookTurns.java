package io.crashplug.notify;

import io.crashplug.machine.Now;
import io.crashplug.notify.Attempt.Result;
import io.crashplug.notify.Delivery.State;
import io.crashplug.notify.StoredWebhooks.Stored;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done for a webhook, a transaction each. Processes take turns by the lock on the webhook's row, and share its
 * deliveries so; what one was sending when it died is taken over by another after {@link WebhookSettings#lease()}.
 */
@Component
class WebhookTurns {

    private final StoredWebhooks webhooks;
    private final WebhookProgress progress;
    private final DeliveryQueue queue;
    private final DueDeliveries due;
    private final Circuit circuit;
    private final WebhookSettings settings;
    private final Clock clock;

    WebhookTurns(
            StoredWebhooks webhooks,
            WebhookProgress progress,
            DeliveryQueue queue,
            DueDeliveries due,
            Circuit circuit,
            WebhookSettings settings,
            Clock clock) {
        this.webhooks = webhooks;
        this.progress = progress;
        this.queue = queue;
        this.due = due;
        this.circuit = circuit;
        this.settings = settings;
        this.clock = clock;
    }

    /** The webhooks that a delivery could be sent to now. */
    @Transactional(readOnly = true)
    public List<String> due() {
        return progress.due(Now.of(clock));
    }

    /** The delivery that is to be sent now, and marked as being sent; empty if none is. */
    @Transactional
    public Optional<Attempt> begin(String name) {
        return webhooks.lock(name).flatMap(this::take);
    }

    /** Notes what came of an attempt, and takes the next one. */
    @Transactional
    public Optional<Attempt> endAndBegin(Attempt attempt, Result result) {
        end(attempt, result);
        return begin(attempt.webhook().name());
    }

    /** Notes what came of an attempt, unless another process has taken it over. */
    @Transactional
    public Optional<Attempt> end(Attempt attempt, Result result) {
        webhooks.lock(attempt.webhook().name())
                // One of the same name may have been registered since, whose deliveries have the same numbers.
                .filter(stored ->
                        stored.webhook().createdAt().equals(attempt.webhook().createdAt()))
                .filter(stored -> due.isOf(attempt))
                .ifPresent(stored -> note(stored.webhook(), attempt, result));
        return Optional.empty();
    }

    private Optional<Attempt> take(Stored stored) {
        var webhook = stored.webhook();
        var now = Now.of(clock);
        boolean open = Circuit.isOpen(webhook.failures());
        var retryAt = webhook.retryAt();
        if (webhook.paused() || (open && retryAt != null && retryAt.isAfter(now))) {
            return Optional.empty();
        }
        var lostAt = now.plus(settings.lease());
        var taken = due.take(stored, now, lostAt);
        if (open && taken.isPresent()) {
            // Nobody else tries meanwhile.
            progress.tried(webhook.name(), webhook.failures(), lostAt);
        }
        return taken;
    }

    private void note(Webhook webhook, Attempt attempt, Result result) {
        var now = Now.of(clock);
        if (result.error() == null) {
            queue.end(attempt, State.DELIVERED, result, now);
            if (webhook.failures() > 0) {
                progress.tried(webhook.name(), 0, null);
                queue.hurry(webhook.name(), now);
            }
        } else if (result.counts()) {
            failed(webhook, attempt, result, now);
        } else {
            due.retry(attempt, result, now);
        }
    }

    private void failed(Webhook webhook, Attempt attempt, Result result, Instant now) {
        int failures = webhook.failures() + 1;
        progress.tried(
                webhook.name(), failures, Circuit.isOpen(failures) ? now.plus(circuit.beforeProbe(failures)) : null);
        if (attempt.giveUpAt().isAfter(now)) {
            due.retry(attempt, result, now.plus(circuit.beforeRetry(attempt.count())));
        } else {
            queue.end(attempt, State.DEAD, result, now);
        }
    }
}
