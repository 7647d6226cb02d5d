package io.crashplug.machine;

import io.crashplug.security.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which machines a list shows: those that meet all of it.
 *
 * @param labels label and value each machine must have
 * @param conditions what each machine must be observed to be
 * @param namePrefix how each name must begin; empty for any
 */
public record MachineFilter(Map<String, String> labels, Map<Condition.Type, Observed> conditions, String namePrefix) {

    /**
     * How a condition must have been found.
     *
     * @param reason why; null for any reason
     */
    public record Observed(
            Condition.Status status, @Nullable String reason) {}

    /** Those of them that whoever has the scope knows of; empty if there can be none. */
    Optional<MachineFilter> within(Scope scope) {
        return scope.narrow(labels).map(narrowed -> new MachineFilter(narrowed, conditions, namePrefix));
    }

    /** What can be looked up machine by machine in the order they were created. */
    List<Criterion> criteria() {
        var criteria = new ArrayList<Criterion>();
        new TreeMap<>(labels).forEach((key, value) -> criteria.add(Criterion.labelled(criteria.size(), key, value)));
        new TreeMap<>(conditions).forEach((type, observed) -> criteria.add(Criterion.observed(type, observed)));
        return criteria;
    }

    /**
     * What holds of the names of machines m that begin so, if any is asked for. The characters of names come before
     * the brace in ASCII.
     */
    Map<String, Object> nameBounds() {
        return namePrefix.isEmpty() ? Map.of() : Map.of("nameFrom", namePrefix, "nameBefore", namePrefix + "{");
    }
}
