package io.crashplug.machine;

import io.crashplug.limits.Limits;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import org.springframework.stereotype.Component;

/** How large a machine may be. */
@Component
public class LargestMachine {

    private final Limits limits;

    LargestMachine(Limits limits) {
        this.limits = limits;
    }

    /**
     * Refuses a layout that is too large.
     *
     * @throws io.crashplug.problem.ProblemException machine-too-large
     */
    public void require(Layout layout) {
        require(layout.memory().ranges().size(), limits.rangesPerMachine(), "ranges of System RAM");
        require(layout.cpus().possible().count(), limits.cpusPerMachine(), "possible CPUs");
    }

    /** As {@link #require}, but leaves alone what has not grown: the limit may be lower than it was. */
    public void requireOfGrowth(Layout before, Layout after) {
        if (after.memory().ranges().size() > before.memory().ranges().size()) {
            require(after);
        }
    }

    private static void require(int count, int most, String what) {
        if (count > most) {
            throw Problem.of(ProblemType.MACHINE_TOO_LARGE, "%d %s are more than %d".formatted(count, what, most))
                    .with("most", most)
                    .toException();
        }
    }
}
