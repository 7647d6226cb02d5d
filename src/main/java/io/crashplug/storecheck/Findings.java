package io.crashplug.storecheck;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one machine: of each check the first few, then how many more. */
final class Findings {

    /** A machine may have a million entries, all of them wrong. */
    static final int MOST_OF_A_CHECK = 20;

    private static final int MOST_DAMAGED = 10_000;

    private final StoredMachine machine;
    private final List<Finding> found = new ArrayList<>();
    private final Map<Check, Integer> counts = new EnumMap<>(Check.class);
    private final Set<Long> damagedRevisions = new HashSet<>();

    Findings(StoredMachine machine) {
        this.machine = machine;
    }

    void add(Check check, String detail) {
        add(check, detail, null, null);
    }

    void ofRevision(long revision, Check check, String detail) {
        if (damagedRevisions.size() < MOST_DAMAGED) {
            damagedRevisions.add(revision);
        }
        add(check, detail, revision, null);
    }

    void ofEntry(long sequence, Check check, String detail) {
        add(check, detail, null, sequence);
    }

    private void add(Check check, String detail, @Nullable Long revision, @Nullable Long sequence) {
        if (counts.merge(check, 1, Integer::sum) <= MOST_OF_A_CHECK) {
            found.add(new Finding(machine.id(), machine.name(), check, detail, revision, sequence));
        }
    }

    /** Whether one of the checks has failed: what follows from its failure need not be reported too. */
    boolean failed(Check... checks) {
        for (var check : checks) {
            if (counts.containsKey(check)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything is wrong with a revision, or with so many that it may be. */
    boolean isDamaged(long revision) {
        return damagedRevisions.size() == MOST_DAMAGED || damagedRevisions.contains(revision);
    }

    List<Finding> all() {
        var all = new ArrayList<>(found);
        counts.forEach((check, count) -> {
            if (count > MOST_OF_A_CHECK) {
                all.add(new Finding(
                        machine.id(),
                        machine.name(),
                        check,
                        "and %d more that fail this check".formatted(count - MOST_OF_A_CHECK),
                        null,
                        null));
            }
        });
        return all;
    }
}
