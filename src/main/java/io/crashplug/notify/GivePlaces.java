package io.crashplug.notify;

import io.crashplug.machine.Now;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives places as long as the service runs: soon after each commit of this process, and now and then for those of
 * other processes, or of one that was killed. Ends before the web server does, so that nobody waits for a feed that no
 * longer goes on.
 */
@Component
@ConditionalOnWebApplication
class GivePlaces implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GivePlaces.class);

    /** How soon another process sees what this one has written, and the other way round. */
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(1);

    /** Those that were committed meanwhile are given places together. */
    private static final Duration BETWEEN = Duration.ofMillis(100);

    /** It may wait for a lock; what is left over has its places given by the next service. */
    private static final Duration MOST_TO_END = Duration.ofSeconds(1);

    private final FeedOrder order;
    private final FeedPosition position;
    private final Clock clock;

    private volatile @Nullable Thread thread;
    private volatile @Nullable Instant behindSince;
    private volatile @Nullable Instant turnSince;
    private boolean failing;

    GivePlaces(FeedOrder order, FeedPosition position, Clock clock) {
        this.order = order;
        this.position = position;
        this.clock = clock;
    }

    @Override
    public void start() {
        position.open();
        var started = new Thread(this::run, "event-feed");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run() {
        try {
            while (thread != null) {
                if (!giveSome()) {
                    position.awaitCommitted(NOW_AND_THEN);
                }
                Thread.sleep(BETWEEN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is more to do at once. */
    private boolean giveSome() {
        turnSince = Now.of(clock);
        try {
            var turn = order.end().map(last -> new FeedOrder.Turn(last, false)).orElseGet(order::give);
            position.is(turn.last());
            behindSince = turn.more() ? order.waitingSince().orElse(null) : null;
            failing = false;
            return turn.more();
        } catch (RuntimeException | Error e) {
            // Whatever it is, others may want places later.
            failed(e);
            return false;
        } finally {
            turnSince = null;
        }
    }

    private void failed(Throwable e) {
        if (behindSince == null) {
            behindSince = turnSince;
        }
        if (!failing) {
            log.warn("Events wait for their places in the feed: {}", e.toString());
        }
        failing = true;
    }

    /** How long the event that waits the longest has had no place in the feed, as far as is known. */
    Duration lag() {
        return Stream.of(Optional.ofNullable(behindSince), Optional.ofNullable(turnSince))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, Now.of(clock)))
                .orElse(Duration.ZERO);
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        position.close();
        if (running != null) {
            awaitEnd(running);
        }
    }

    /** Not by an interrupt: H2 closes its file if a thread that reads or writes it is interrupted. */
    private static void awaitEnd(Thread running) {
        try {
            running.join(MOST_TO_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
