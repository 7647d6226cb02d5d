package io.crashplug.hotplug;

import io.crashplug.machine.Kernel;
import io.crashplug.machine.Layout;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.util.List;

/**
 * Changes that happen together or not at all, followed by at most one kernel event.
 *
 * @param changes in the order they happen, 1 to {@value #MAX_CHANGES}
 * @param asJson the changes as the history keeps them
 * @param reason why, in the client's words
 */
public record ChangeSet(List<Change> changes, String asJson, WhenTooLarge whenTooLarge, String reason) {

    public static final int MAX_CHANGES = 1000;

    public ChangeSet {
        changes = List.copyOf(changes);
        if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException(
                    "a change set has 1 to %d changes, not %d".formatted(MAX_CHANGES, changes.size()));
        }
    }

    /**
     * What the set makes of a layout.
     *
     * @throws ProblemException with the member changeIndex, if a change is impossible after those before it; an
     *     invalid-request if one names memory that the guest cannot address
     */
    LayoutChange applyTo(Layout layout, Kernel kernel) {
        var after = LayoutChange.none(layout);
        for (int i = 0; i < changes.size(); i++) {
            requireAddressable(changes.get(i), i, kernel);
            try {
                after = changes.get(i).after(after);
            } catch (ProblemException e) {
                throw e.problem().with("changeIndex", i).toException();
            }
        }
        return after;
    }

    private static void requireAddressable(Change change, int index, Kernel kernel) {
        if (change instanceof Change.AddMemory added && !kernel.canAddress(added.range())) {
            throw Problem.invalid(
                            "/changes/%d/range".formatted(index),
                            "%s lies above the %d physical address bits"
                                    .formatted(added.range(), kernel.physicalAddressBits()))
                    .toException();
        }
    }

    /** Whether a problem is the layout's or the header's, which the history keeps, and not the request's. */
    static boolean isRefusal(ProblemType type) {
        return type != ProblemType.INVALID_REQUEST && type != ProblemType.NOT_FOUND;
    }
}
