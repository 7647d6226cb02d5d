package io.crashplug.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The machines that a principal knows of: those that have all of these labels; all machines if there are none. For
 * anybody else's machines it is as if they did not exist.
 *
 * @param labels key and value of each
 */
public record Scope(Map<String, String> labels) {

    /** All machines. */
    public static final Scope EVERYTHING = new Scope(Map.of());

    public Scope {
        labels = Map.copyOf(labels);
    }

    public boolean isEverything() {
        return labels.isEmpty();
    }

    /** Whether a machine with these labels is among them. A machine that was deleted has none. */
    public boolean covers(Map<String, String> ofMachine) {
        return ofMachine.entrySet().containsAll(labels.entrySet());
    }

    /** The labels that are looked for together with those of the scope; empty if no machine can have them all. */
    public Optional<Map<String, String>> narrow(Map<String, String> lookedFor) {
        var all = with(lookedFor);
        return covers(all) ? Optional.of(all) : Optional.empty();
    }

    /** These labels, and those of the scope whose keys are not among them. */
    public Map<String, String> with(Map<String, String> given) {
        if (isEverything()) {
            return given;
        }
        var all = new HashMap<>(labels);
        all.putAll(given);
        return all;
    }

    /** As {@code key=value}, with commas between. */
    @Override
    public String toString() {
        return String.join(
                ", ",
                new TreeMap<>(labels)
                        .entrySet().stream().map(Map.Entry::toString).toList());
    }
}
