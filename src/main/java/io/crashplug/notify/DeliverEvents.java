package io.crashplug.notify;

import io.crashplug.notify.EnqueueEvents.Looked;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Sends events to webhooks as long as the service runs. Each webhook has threads of its own, so that one that does not
 * answer delays none but itself.
 */
@Component
@ConditionalOnWebApplication
class DeliverEvents implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliverEvents.class);

    /** How late a retry may come, and an event that another process has written. */
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(1);

    /** Events that come meanwhile are taken together. */
    private static final Duration BETWEEN = Duration.ofMillis(50);

    /** After the web server: what its last requests do is told, too, and they need not wait for receivers. */
    private static final int ENDS_LATE = DEFAULT_PHASE - 4096;

    /** Connections to the database that are used for it at a time: the others are for requests. */
    private static final int CONNECTIONS = 2;

    private static final Duration MOST_TO_END = Duration.ofSeconds(5);

    private final EnqueueEvents events;
    private final WebhookTurns turns;
    private final WebhookSender sender;
    private final WebhookClient client;
    private final FeedPosition position;
    private final EventBody body;
    private final WebhookSettings settings;
    private final DeliveryMetrics metrics;
    private final Semaphore connections = new Semaphore(CONNECTIONS, true);

    /** The threads that may yet be started for each webhook. */
    private final Map<String, Semaphore> free = new ConcurrentHashMap<>();

    private volatile @Nullable ExecutorService running;

    DeliverEvents(
            EnqueueEvents events,
            WebhookTurns turns,
            WebhookSender sender,
            WebhookClient client,
            FeedPosition position,
            EventBody body,
            WebhookSettings settings,
            DeliveryMetrics metrics) {
        this.events = events;
        this.turns = turns;
        this.sender = sender;
        this.client = client;
        this.position = position;
        this.body = body;
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        var threads = new CustomizableThreadFactory("webhook-");
        threads.setDaemon(true);
        var started = Executors.newCachedThreadPool(threads);
        client.open();
        running = started;
        started.execute(this::run);
    }

    private void run() {
        boolean well = true;
        long seen = 0;
        try {
            while (isRunning()) {
                if (position.awaitBeyond(seen, NOW_AND_THEN)) {
                    seen = position.last();
                }
                Thread.sleep(BETWEEN.toMillis());
                well = turn(well);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the turn goes well; if several do not, the first says so. */
    private boolean turn(boolean wentWell) throws InterruptedException {
        try {
            var looked = EnumSet.of(Looked.IN_PART);
            while (isRunning() && !looked.isEmpty()) {
                looked = enqueue();
                withConnection(turns::due).forEach(this::startSender);
                if (looked.equals(EnumSet.of(Looked.NOT_AT_ALL))) {
                    Thread.sleep(BETWEEN.toMillis());
                }
            }
            return true;
        } catch (RuntimeException e) {
            if (wentWell) {
                log.warn("Webhooks wait: {}", e.getMessage());
            }
            return false;
        }
    }

    /** A part for each webhook, so that one that is far behind does not keep the others waiting; how those have that are not done. */
    private EnumSet<Looked> enqueue() {
        var looked = EnumSet.noneOf(Looked.class);
        for (var name : withConnection(events::behind)) {
            if (isRunning()) {
                looked.add(withConnection(() -> events.enqueue(name)));
            }
        }
        looked.remove(Looked.TO_THE_END);
        return looked;
    }

    /** One more thread sends to a webhook, if it has not enough of them. */
    private void startSender(String webhook) {
        var pool = running;
        var mayStart = free.computeIfAbsent(webhook, name -> new Semaphore(settings.atOnce()));
        if (pool != null && mayStart.tryAcquire()) {
            try {
                pool.execute(() -> {
                    try {
                        sendAll(webhook);
                    } finally {
                        mayStart.release();
                    }
                });
            } catch (RejectedExecutionException e) {
                // The service ends.
                mayStart.release();
            }
        }
    }

    private void sendAll(String webhook) {
        try {
            var next = withConnection(() -> turns.begin(webhook));
            while (next.isPresent()) {
                // There may be more than one thread can send.
                startSender(webhook);
                next = send(next.get());
            }
        } catch (RuntimeException e) {
            // What was being sent is sent again when it is taken for lost.
            log.warn("A delivery to the webhook {} was not noted: {}", webhook, e.getMessage());
        }
    }

    /** Sends one, and gives the next one. */
    private Optional<Attempt> send(Attempt attempt) {
        var event = attempt.event();
        var result = sender.send(attempt.webhook().url(), attempt.secret(), event.id(), body.of(event));
        metrics.count(result);
        return withConnection(() -> isRunning() ? turns.endAndBegin(attempt, result) : turns.end(attempt, result));
    }

    private <T> T withConnection(Supplier<T> work) {
        connections.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            connections.release();
        }
    }

    @Override
    public void stop() {
        var pool = running;
        running = null;
        if (pool == null) {
            return;
        }
        pool.shutdown();
        try {
            if (!pool.awaitTermination(MOST_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                client.close();
                pool.awaitTermination(MOST_TO_END.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int getPhase() {
        return ENDS_LATE;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
