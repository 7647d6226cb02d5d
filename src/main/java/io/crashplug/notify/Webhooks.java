package io.crashplug.notify;

import io.crashplug.machine.Now;
import io.crashplug.notify.Webhook.Wanted;
import io.crashplug.persistence.ReadTransaction;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Registers, shows, changes and tries webhooks. */
@Service
public class Webhooks {

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

    private final StoredWebhooks stored;
    private final WebhookProgress progress;
    private final DeliveryQueue queue;
    private final StoredFeed feed;
    private final Targets targets;
    private final Circuit circuit;
    private final WebhookSettings settings;
    private final TransactionTemplate transaction;
    private final ReadTransaction reading;
    private final Clock clock;

    Webhooks(
            StoredWebhooks stored,
            WebhookProgress progress,
            DeliveryQueue queue,
            StoredFeed feed,
            Targets targets,
            Circuit circuit,
            WebhookSettings settings,
            PlatformTransactionManager transactions,
            ReadTransaction reading,
            Clock clock) {
        this.stored = stored;
        this.progress = progress;
        this.queue = queue;
        this.feed = feed;
        this.targets = targets;
        this.circuit = circuit;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = reading;
        this.clock = clock;
    }

    /**
     * A webhook to be registered.
     *
     * @param fromOldest whether it is sent all events that are kept; else only those from now on
     */
    public record NewWebhook(String name, Wanted wanted, boolean paused, boolean fromOldest) {}

    /**
     * A webhook that was registered.
     *
     * @param secret what its receiver checks signatures with; not shown later
     */
    public record Registered(Webhook webhook, String secret) {}

    /** What a webhook is to be, once it is changed. */
    public record Changed(Wanted wanted, boolean paused) {}

    /**
     * Registers a webhook.
     *
     * @param actor the principal that asks for it
     * @throws TargetRefused if nothing may be sent to its URL
     * @throws ProblemException webhook-name-taken, too-many-webhooks
     */
    public Registered register(NewWebhook webhook, String actor) {
        targets.check(webhook.wanted().url());
        var secret = WebhookSecret.random();
        var made = new Webhook(webhook.name(), webhook.wanted(), webhook.paused(), Now.of(clock), actor, 0, null);
        try {
            transaction.executeWithoutResult(status -> {
                if (stored.named(made.name()).isPresent()) {
                    throw taken(made.name());
                }
                if (progress.count() >= settings.most()) {
                    throw Problem.of(
                                    ProblemType.TOO_MANY_WEBHOOKS,
                                    "there are %d webhooks, as many as there may be".formatted(settings.most()))
                            .toException();
                }
                stored.insert(made, secret, webhook.fromOldest() ? feed.beforeOldest() : feed.end());
            });
        } catch (DataIntegrityViolationException e) {
            // Somebody else took the name since it was looked up.
            throw taken(made.name());
        }
        log.info("{} registered the webhook {}", actor, made.name());
        return new Registered(made, secret.text());
    }

    /**
     * Webhooks by name.
     *
     * @param after the name to continue after; null from the first on
     */
    public List<Webhook> list(@Nullable String after, int most) {
        return reading.of(() -> stored.list(after == null ? "" : after, most));
    }

    /** The webhook of that name; not-found if there is none. */
    public Webhook of(String name) {
        return reading.of(
                () -> stored.named(name).orElseThrow(() -> unknown(name)).webhook());
    }

    /**
     * Changes a webhook. What waits to be sent is tried at once then, and is given as much time as if it were new.
     *
     * @param change what it is to be, of what it is
     * @throws TargetRefused if nothing may be sent to its URL
     */
    public Webhook change(String name, UnaryOperator<Changed> change, String actor) {
        check(of(name), change);
        var changed = transaction.execute(status -> {
            var before = stored.lock(name).orElseThrow(() -> unknown(name)).webhook();
            var after = change.apply(new Changed(before.wanted(), before.paused()));
            stored.change(name, after.wanted(), after.paused());
            var now = Now.of(clock);
            queue.hurry(name, now);
            queue.extend(name, circuit.giveUpAt(now));
            return stored.named(name).orElseThrow().webhook();
        });
        log.info("{} changed the webhook {}", actor, name);
        return changed;
    }

    /** Before anything is locked: names of hosts may take long to be looked up. */
    private void check(Webhook before, UnaryOperator<Changed> change) {
        var url = change.apply(new Changed(before.wanted(), before.paused()))
                .wanted()
                .url();
        if (!url.equals(before.url())) {
            targets.check(url);
        }
    }

    /** Takes a webhook away with all its deliveries; not-found if there is none. */
    public void delete(String name, String actor) {
        if (!Boolean.TRUE.equals(transaction.execute(status -> stored.delete(name)))) {
            throw unknown(name);
        }
        log.info("{} deleted the webhook {}", actor, name);
    }

    static ProblemException unknown(String name) {
        return Problem.of(ProblemType.NOT_FOUND, "there is no webhook \"%s\"".formatted(name))
                .toException();
    }

    private static ProblemException taken(String name) {
        return Problem.of(ProblemType.WEBHOOK_NAME_TAKEN, "there is a webhook \"%s\"".formatted(name))
                .toException();
    }
}
