package io.crashplug.hotplug;

import io.crashplug.machine.Now;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a history are shown; null for no limit.
 *
 * @param action entries with at least one change of this kind
 * @param since the earliest time, inclusive
 * @param until the latest time, exclusive
 * @param ascending oldest first, else newest first
 */
public record HistoryFilter(
        @Nullable Outcome outcome,
        @Nullable Action action,
        @Nullable String actor,
        @Nullable Instant since,
        @Nullable Instant until,
        boolean ascending) {

    public HistoryFilter {
        since = since == null ? null : Now.within(since);
        until = until == null ? null : Now.within(until);
    }

    /** Whether all entries are shown. */
    boolean isOpen() {
        return outcome == null && action == null && actor == null && since == null && until == null;
    }

    /** Whether entries of that kind are shown, whenever they were made. */
    boolean shows(KindOfEntry kind) {
        return (actor == null || actor.equals(kind.actor()))
                && (outcome == null || outcome == kind.outcome())
                && (action == null || kind.actions().contains(Entry.searched(action)));
    }
}
