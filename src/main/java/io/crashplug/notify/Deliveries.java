package io.crashplug.notify;

import io.crashplug.machine.Now;
import io.crashplug.notify.Delivery.State;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows what became of events on their way to webhooks, and sends them again. */
@Service
public class Deliveries {

    private final Webhooks webhooks;
    private final StoredWebhooks locks;
    private final WebhookProgress progress;
    private final StoredDeliveries deliveries;
    private final DeliveryQueue queue;
    private final Circuit circuit;
    private final Clock clock;

    Deliveries(
            Webhooks webhooks,
            StoredWebhooks locks,
            WebhookProgress progress,
            StoredDeliveries deliveries,
            DeliveryQueue queue,
            Circuit circuit,
            Clock clock) {
        this.webhooks = webhooks;
        this.locks = locks;
        this.progress = progress;
        this.deliveries = deliveries;
        this.queue = queue;
        this.circuit = circuit;
        this.clock = clock;
    }

    /**
     * Deliveries to a webhook below a number, newest first; not-found if there is no such webhook.
     *
     * @param state only those; null for all
     */
    @Transactional(readOnly = true)
    public List<Delivery> newestBelow(String webhook, @Nullable State state, long below, int most) {
        return deliveries.newestBelow(webhooks.of(webhook).name(), state, below, most);
    }

    /** The delivery of that number; not-found if there is none, or no longer. */
    @Transactional(readOnly = true)
    public Delivery numbered(String webhook, long number) {
        return known(webhooks.of(webhook).name(), number);
    }

    /**
     * Sends the event of a delivery again, behind those of its machine that wait.
     *
     * @throws ProblemException not-found; delivery-not-over if the delivery is on its way still
     */
    @Transactional
    public Delivery again(String webhook, long number) {
        var stored = locks.lock(webhook).orElseThrow(() -> Webhooks.unknown(webhook));
        var delivery = known(webhook, number);
        if (!delivery.state().isOver()) {
            throw Problem.of(
                            ProblemType.DELIVERY_NOT_OVER,
                            "delivery %d of \"%s\" is %s".formatted(number, webhook, delivery.state()))
                    .toException();
        }
        var now = Now.of(clock);
        queue.append(
                webhook,
                stored.lastNumber(),
                List.of(new EventId(delivery.machineId(), delivery.sequence())),
                now,
                circuit.giveUpAt(now));
        progress.moveOn(webhook, stored.position(), stored.lastNumber() + 1);
        return known(webhook, stored.lastNumber() + 1);
    }

    private Delivery known(String webhook, long number) {
        return deliveries
                .numbered(webhook, number)
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "there is no delivery %d of the webhook \"%s\"".formatted(number, webhook))
                        .toException());
    }
}
