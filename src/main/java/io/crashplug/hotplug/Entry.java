package io.crashplug.hotplug;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the history is to keep of a change set or a load. */
record Entry(
        String reason,
        String changes,
        String actions,
        Outcome outcome,
        String detail,
        @Nullable ProblemType problemType,
        long generationBefore,
        long generationAfter,
        @Nullable HeaderChange header) {

    static final String NO_CHANGES = "[]";

    /** A change set that was carried out. */
    static Entry of(ChangeSet set, long before, long after, Handled handled) {
        return new Entry(
                set.reason(),
                set.asJson(),
                actions(set),
                handled.outcome(),
                handled.detail(),
                null,
                before,
                after,
                handled.header());
    }

    /** A change set that was refused, which leaves everything else as it was. */
    static Entry refused(ChangeSet set, long generation, Problem why, @Nullable HeaderChange header) {
        return new Entry(
                set.reason(),
                set.asJson(),
                actions(set),
                Outcome.REFUSED,
                why.detail(),
                why.type(),
                generation,
                generation,
                header);
    }

    /** How an action stands in the text that is searched for it. */
    static String searched(Action action) {
        return "," + action + ",";
    }

    private static String actions(ChangeSet set) {
        return set.changes().stream()
                .map(Change::action)
                .distinct()
                // As a set: a filtered history asks for each text that there is.
                .sorted()
                .map(Action::name)
                .collect(Collectors.joining(",", ",", ","));
    }
}
