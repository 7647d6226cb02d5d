package io.crashplug.notify;

import io.crashplug.limits.Limits;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.CurrentScope;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The feed for those that follow it: reads on where they were, and waits for more if they like. */
@Service
public class EventFeed {

    private final StoredFeed feed;
    private final FeedPosition position;
    private final CurrentScope scope;
    private final Semaphore mayWait;

    EventFeed(StoredFeed feed, FeedPosition position, CurrentScope scope, Limits limits) {
        this.feed = feed;
        this.position = position;
        this.scope = scope;
        this.mayWait = new Semaphore(limits.waitingAtOnce());
    }

    /** Where those begin who want to hear only of what happens from now on. */
    public long end() {
        return feed.end();
    }

    /**
     * Events behind a place, oldest first. Waits while there are none.
     *
     * @param after null for the oldest that are kept
     * @param most how many at most; a page may be short or empty though others follow
     * @param wait for how long at most
     * @throws io.crashplug.problem.ProblemException events-gone if events behind that place are no longer kept;
     *     too-many-at-once if there are none to be read, and as many readers wait as may
     */
    public FeedPage read(@Nullable Long after, FeedFilter filter, int most, Duration wait) {
        var page = feed.read(after, filter, scope.get(), most);
        if (!page.events().isEmpty() || wait.isZero()) {
            return page;
        }
        if (!mayWait.tryAcquire()) {
            throw Problem.of(ProblemType.TOO_MANY_AT_ONCE, "as many readers wait for events as may")
                    .toException();
        }
        try {
            long end = System.nanoTime() + wait.toNanos();
            for (long left = wait.toNanos(); page.events().isEmpty() && left > 0; left = end - System.nanoTime()) {
                if (page.atEnd() && !position.awaitBeyond(page.next(), Duration.ofNanos(left))) {
                    break;
                }
                page = feed.read(page.next(), filter, scope.get(), most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            mayWait.release();
        }
        return page;
    }
}
