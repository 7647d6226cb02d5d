package io.crashplug.notify;

import io.crashplug.limits.AtOnce;
import io.crashplug.limits.Limits;
import io.crashplug.security.CurrentScope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The feed for those that follow it: reads on where they were, and waits for more if they like. */
@Service
public class EventFeed {

    private final StoredFeed feed;
    private final FeedPosition position;
    private final CurrentScope scope;
    private final AtOnce waits;

    EventFeed(StoredFeed feed, FeedPosition position, CurrentScope scope, Limits limits) {
        this.feed = feed;
        this.position = position;
        this.scope = scope;
        this.waits = AtOnce.refusing(limits.waitingAtOnce(), "as many readers wait for events as may");
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
        return waits.run(() -> await(page, filter, most, wait));
    }

    private FeedPage await(FeedPage empty, FeedFilter filter, int most, Duration wait) {
        var page = empty;
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
        }
        return page;
    }
}
