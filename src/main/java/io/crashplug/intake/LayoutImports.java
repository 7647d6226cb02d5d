package io.crashplug.intake;

import io.crashplug.hotplug.Change;
import io.crashplug.hotplug.ChangeSet;
import io.crashplug.hotplug.Hotplug;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.FindMachines;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.security.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.springframework.stereotype.Service;

/** Makes the layout of a machine what a source tells, as one change set of its history. */
@Service
public class LayoutImports {

    private final Hotplug hotplug;
    private final FindMachines find;

    LayoutImports(Hotplug hotplug, FindMachines find) {
        this.hotplug = hotplug;
        this.find = find;
    }

    /** Whether there is such a machine is said before what is told of it is read; not-found if there is none. */
    public void requireKnown(MachineRef ref) {
        find.everKnown(ref);
    }

    /**
     * What came of an import.
     *
     * @param exactness of what is known of the machine, which no layout changes
     * @param answer to the change set; empty if the layout was as told already
     */
    public record Result(LayoutDifference difference, Exactness exactness, Optional<Hotplug.Answer> answer) {}

    private record Found(LayoutDifference difference, Exactness exactness) {}

    /**
     * Carries out the difference, or refuses it as {@link Hotplug#apply} does.
     *
     * @param set makes the change set of the changes
     * @param dryRun whether nothing is stored
     * @throws io.crashplug.problem.ProblemException invalid-request if there are more changes than a set may have
     */
    public Result apply(
            MachineRef ref,
            LayoutSource source,
            Function<List<Change>, ChangeSet> set,
            boolean dryRun,
            LongPredicate isExpected,
            Caller caller) {
        var found = new AtomicReference<Found>();
        var answer = hotplug.applyNeeded(
                ref,
                (machine, layout) -> {
                    var difference = LayoutDifference.between(layout, source.over(machine, layout));
                    found.set(new Found(difference, machine.exactness()));
                    return needed(difference).map(set);
                },
                dryRun,
                isExpected,
                caller);
        var what = Objects.requireNonNull(found.get());
        return new Result(what.difference(), what.exactness(), answer);
    }

    private static Optional<List<Change>> needed(LayoutDifference difference) {
        int changes = difference.changes().size();
        if (changes > ChangeSet.MAX_CHANGES) {
            throw Problem.invalid(
                            "",
                            "the difference to what is known has %d changes, more than the %d of a change set"
                                    .formatted(changes, ChangeSet.MAX_CHANGES))
                    .toException();
        }
        return changes == 0 ? Optional.empty() : Optional.of(difference.changes());
    }
}
