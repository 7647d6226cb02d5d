package io.crashplug.verification;

import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The System RAM that a header must have been built from, if it follows from the layout at all: the layout, without what
 * is not listed yet, with what is still listed of the memory removed last.
 *
 * <pre>
 *   layout         |-- boot --|  |-- d1 --|            |-- d2 --|
 *   removed last                          |-- d0 --|
 *   header         |-- boot --|  |-- d1 --|-- d0 --|
 *                                              ^ still listed    d2 is not listed
 * </pre>
 */
final class ListedMemory {

    private final RangeList loads;
    private final Predicate<PhysicalRange> neverListed;
    private final List<PhysicalRange> listed = new ArrayList<>();
    private final List<InstalledRange> unlisted = new ArrayList<>();
    private final List<PhysicalRange> stillListed = new ArrayList<>();
    private final Set<Long> mergingEdges = new HashSet<>();

    /**
     * Sorts out the memory.
     *
     * @param loads what the header lists
     * @param removed ranges that may still be listed
     * @param neverListed tells ranges that lie in what a dump leaves out
     */
    ListedMemory(
            RangeList loads,
            List<InstalledRange> layout,
            List<PhysicalRange> removed,
            Predicate<PhysicalRange> neverListed) {
        this.loads = loads;
        this.neverListed = neverListed;
        var replaced = replaced(layout, removed);
        layout.forEach(range -> sort(range, replaced));
        var ofLayout = new RangeList(listed);
        for (var range : new RangeList(removed).ranges()) {
            loads.overlapping(range).stream()
                    .map(load -> common(load, range))
                    .forEach(part -> stillListed.addAll(ofLayout.leaveOf(part)));
        }
    }

    /** What the header was built from. */
    CrashMemory memory() {
        var all = new ArrayList<>(listed);
        all.addAll(stillListed);
        var joined = new ArrayList<PhysicalRange>(all.size());
        var removedStarts = new HashSet<Long>();
        var removedEnds = new HashSet<Long>();
        stillListed.forEach(range -> {
            removedStarts.add(range.start());
            removedEnds.add(range.end());
        });
        for (var range : all.stream().sorted().toList()) {
            int last = joined.size() - 1;
            boolean joins = last >= 0
                    && joined.get(last).isFollowedBy(range)
                    && isOneRange(
                            range.start(),
                            removedStarts.contains(range.start()),
                            removedEnds.contains(range.start() - 1));
            if (joins) {
                joined.set(last, new PhysicalRange(joined.get(last).start(), range.end()));
            } else {
                joined.add(range);
            }
        }
        return CrashMemory.of(joined);
    }

    /** Removed memory is one with its neighbour if the header has them as one, and the neighbour's device allows it. */
    private boolean isOneRange(long boundary, boolean removedAbove, boolean removedBelow) {
        boolean mayJoin =
                (removedAbove && removedBelow) || ((removedAbove || removedBelow) && mergingEdges.contains(boundary));
        return mayJoin && loads.span(boundary);
    }

    /** Ranges of the layout that the header does not list, or parts of them. */
    List<InstalledRange> unlisted() {
        return unlisted;
    }

    /** Removed memory that the header still lists. */
    List<PhysicalRange> stillListed() {
        return stillListed;
    }

    /** Removed memory that is listed just as it was, where the layout has something else by now. */
    private RangeList replaced(List<InstalledRange> layout, List<PhysicalRange> removed) {
        var installed = new RangeList(layout.stream().map(InstalledRange::range).toList());
        return new RangeList(removed.stream()
                .filter(range -> loads.has(range) && !installed.has(range))
                .toList());
    }

    private void sort(InstalledRange installed, RangeList replaced) {
        var range = installed.range();
        var found = loads.overlapping(range);
        if (!replaced.overlapping(range).isEmpty() || (found.isEmpty() && !neverListed.test(range))) {
            unlisted.add(installed);
        } else if (installed.device() == null || !installed.device().merges() || found.isEmpty()) {
            listed.add(range);
        } else {
            var parts = new RangeList(
                    found.stream().map(load -> common(load, range)).toList());
            for (var part : parts.ranges()) {
                listed.add(part);
                mergingEdges.add(part.start());
                mergingEdges.add(part.end() + 1);
            }
            parts.leaveOf(range)
                    .forEach(rest ->
                            unlisted.add(InstalledRange.of(rest, !installed.isOffline(rest), installed.device())));
        }
    }

    private static PhysicalRange common(PhysicalRange one, PhysicalRange other) {
        return new PhysicalRange(Math.max(one.start(), other.start()), Math.min(one.end(), other.end()));
    }
}
