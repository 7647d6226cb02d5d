package io.crashplug.notify;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants.
 *
 * @param types any of these; all if there are none
 * @param machine of this machine; null for all
 * @param labels of machines that have all of these, or had when they were deleted
 */
public record FeedFilter(Set<EventType> types, @Nullable UUID machine, Map<String, String> labels) {

    public FeedFilter {
        types = Set.copyOf(types);
        labels = Map.copyOf(labels);
    }

    /** Whether every event is wanted. */
    boolean isOpen() {
        return types.isEmpty() && machine == null && labels.isEmpty();
    }

    /** Whether an event is wanted, as far as its type and its machine tell. */
    boolean admits(MachineEvent event) {
        return (types.isEmpty() || types.contains(event.type()))
                && (machine == null || machine.equals(event.machineId()));
    }
}
