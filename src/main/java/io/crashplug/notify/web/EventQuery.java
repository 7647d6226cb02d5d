package io.crashplug.notify.web;

import io.crashplug.notify.EventType;
import io.crashplug.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parameters that ask for a part of the feed. */
final class EventQuery {

    private EventQuery() {}

    /** Types with commas between, or repeated; empty where left out. */
    static Set<EventType> types(@Nullable List<String> type) {
        return type == null
                ? Set.of()
                : type.stream()
                        .flatMap(names -> Arrays.stream(names.split(",", -1)))
                        .map(EventQuery::type)
                        .collect(Collectors.toSet());
    }

    private static EventType type(String name) {
        return EventType.named(name)
                .orElseThrow(() -> Problem.invalid("type", "type is none of %s".formatted(EventType.names()))
                        .toException());
    }
}
