package io.crashplug.hotplug;

import io.crashplug.machine.Now;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

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

    Specification<HotplugEvent> of(UUID machine, @Nullable Long after) {
        return Specification.allOf(List.of(
                (event, query, is) -> is.equal(event.get("key").get("machineId"), machine),
                (event, query, is) -> {
                    var sequence = event.get("key").<Long>get("sequence");
                    return after == null ? null : ascending ? is.gt(sequence, after) : is.lt(sequence, after);
                },
                (event, query, is) -> outcome == null ? null : is.equal(event.get("outcome"), outcome),
                (event, query, is) ->
                        action == null ? null : is.like(event.get("actions"), "%" + Entry.searched(action) + "%"),
                (event, query, is) -> actor == null ? null : is.equal(event.get("actor"), actor),
                (event, query, is) -> since == null ? null : is.greaterThanOrEqualTo(event.get("at"), since),
                (event, query, is) -> until == null ? null : is.lessThan(event.get("at"), until)));
    }
}
