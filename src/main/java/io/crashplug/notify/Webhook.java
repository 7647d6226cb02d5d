package io.crashplug.notify;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is sent events, as it may be shown: without its secret.
 *
 * @param name unique among those that there are
 * @param wanted of what
 * @param paused whether nothing is sent for now
 * @param createdBy the principal that registered it
 * @param failures tries that have failed since the last one that did not
 * @param retryAt when the next try is made after {@link Circuit#OPENS_AT} failures; null with fewer
 */
public record Webhook(
        String name,
        Wanted wanted,
        boolean paused,
        Instant createdAt,
        String createdBy,
        int failures,
        @Nullable Instant retryAt) {

    /**
     * What goes where.
     *
     * @param url where events are posted to; https
     * @param filter which of them
     */
    public record Wanted(URI url, FeedFilter filter) {}

    URI url() {
        return wanted.url();
    }

    /** The labels of the machines it hears of. */
    Map<String, String> labels() {
        return wanted.filter().labels();
    }
}
