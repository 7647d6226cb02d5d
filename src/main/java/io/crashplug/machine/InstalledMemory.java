package io.crashplug.machine;

import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The System RAM of a layout: ascending ranges without overlap, adjacent ones of one virtio-mem device as one. */
public final class InstalledMemory {

    private final List<InstalledRange> ranges;

    /** Made when it is first asked for; a header is built from it more than once. */
    private @Nullable CrashMemory listed;

    private InstalledMemory(List<InstalledRange> ascending) {
        ranges = List.copyOf(ascending);
    }

    /**
     * Memory of the given ranges, in any order.
     *
     * @throws io.crashplug.problem.ProblemException range-overlap if two share a byte
     */
    public static InstalledMemory of(Collection<InstalledRange> ranges) {
        var ascending = new ArrayList<InstalledRange>(ranges.size());
        // Of two that begin at one byte, the one given first counts as present, and the other overlaps it.
        ranges.stream()
                .sorted(Comparator.comparingLong(range -> range.range().start()))
                .forEach(range -> append(ascending, range));
        return new InstalledMemory(ascending);
    }

    private static void append(List<InstalledRange> ascending, InstalledRange next) {
        int last = ascending.size() - 1;
        if (last >= 0 && ascending.get(last).range().overlaps(next.range())) {
            throw overlap(next.range(), ascending.get(last).range());
        }
        if (last >= 0 && ascending.get(last).mergesWith(next)) {
            ascending.set(last, ascending.get(last).mergedWith(next));
        } else {
            ascending.add(next);
        }
    }

    public List<InstalledRange> ranges() {
        return ranges;
    }

    /** Bytes of all ranges together. */
    public long sizeBytes() {
        return ranges.stream().mapToLong(range -> range.range().sizeBytes()).sum();
    }

    /** The memory as /proc/iomem lists it, online or not. */
    public CrashMemory asListed() {
        var known = listed;
        if (known == null) {
            known = CrashMemory.of(ranges.stream().map(InstalledRange::range).toList());
            listed = known;
        }
        return known;
    }

    /** This memory with one range more. */
    public InstalledMemory plus(InstalledRange added) {
        var all = new ArrayList<InstalledRange>(ranges.size() + 1);
        int at = indexAtOrAfter(added.range().start());
        all.addAll(ranges.subList(0, at));
        append(all, added);
        // What the next one ends before, or does not merge with, is so of the others too.
        int rest = Math.min(at + 1, ranges.size());
        ranges.subList(at, rest).forEach(next -> append(all, next));
        all.addAll(ranges.subList(rest, ranges.size()));
        return new InstalledMemory(all);
    }

    /**
     * This memory without {@code removed}: a whole range, or for virtio-mem its head or tail.
     *
     * @throws io.crashplug.problem.ProblemException range-not-present if it is anything else
     */
    public InstalledMemory minus(PhysicalRange removed) {
        var holder = holding(removed);
        boolean whole = holder.range().equals(removed);
        boolean edge =
                holder.range().start() == removed.start() || holder.range().end() == removed.end();
        if (!whole && !(edge && holder.device() != null && holder.device().merges())) {
            throw Problem.of(
                            ProblemType.RANGE_NOT_PRESENT,
                            "%s is only part of the System RAM range %s".formatted(removed, holder.range()))
                    .toException();
        }
        return replacing(holder, holder.without(removed));
    }

    /** This memory without ranges that it has. */
    InstalledMemory minusAll(Collection<PhysicalRange> removed) {
        var gone = new HashSet<>(removed);
        return new InstalledMemory(
                ranges.stream().filter(range -> !gone.contains(range.range())).toList());
    }

    /** This memory with the parts online; range-already-online if one is. */
    public InstalledMemory online(List<PhysicalRange> parts) {
        return with(parts, (holder, part) -> {
            if (holder.isOnline(part)) {
                throw Problem.of(ProblemType.RANGE_ALREADY_ONLINE, "%s is online already".formatted(part))
                        .toException();
            }
            return holder.withOnline(part);
        });
    }

    /** This memory with the parts offline; range-not-online if one is. */
    public InstalledMemory offline(List<PhysicalRange> parts) {
        return with(parts, (holder, part) -> {
            if (holder.isOffline(part)) {
                throw Problem.of(ProblemType.RANGE_NOT_ONLINE, "%s is not online".formatted(part))
                        .toException();
            }
            return holder.withOffline(part);
        });
    }

    private InstalledMemory with(
            List<PhysicalRange> parts, BiFunction<InstalledRange, PhysicalRange, InstalledRange> changed) {
        var all = new ArrayList<>(ranges);
        for (var part : parts) {
            int at = indexHolding(part);
            all.set(at, changed.apply(all.get(at), part));
        }
        return new InstalledMemory(all);
    }

    /** The ranges of a device; range-not-present if it has none. */
    public List<PhysicalRange> ofDevice(String deviceId) {
        var found = ranges.stream()
                .filter(range -> range.device() != null && range.device().id().equals(deviceId))
                .map(InstalledRange::range)
                .toList();
        if (found.isEmpty()) {
            throw Problem.of(
                            ProblemType.RANGE_NOT_PRESENT, "no System RAM belongs to device \"%s\"".formatted(deviceId))
                    .toException();
        }
        return found;
    }

    /** The device behind the range that holds {@code part}; null if none is known. */
    public @Nullable MemoryDevice deviceBehind(PhysicalRange part) {
        return holding(part).device();
    }

    private InstalledRange holding(PhysicalRange part) {
        return ranges.get(indexHolding(part));
    }

    private int indexHolding(PhysicalRange part) {
        int at = indexAtOrAfter(part.start());
        if (at < ranges.size() && ranges.get(at).range().contains(part)) {
            return at;
        }
        if (at > 0 && ranges.get(at - 1).range().contains(part)) {
            return at - 1;
        }
        throw Problem.of(ProblemType.RANGE_NOT_PRESENT, "%s lies in no System RAM range".formatted(part))
                .toException();
    }

    private int indexAtOrAfter(long start) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).range().start() < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private InstalledMemory replacing(InstalledRange old, List<InstalledRange> pieces) {
        int at = indexAtOrAfter(old.range().start());
        var all = new ArrayList<>(ranges);
        all.remove(at);
        all.addAll(at, pieces);
        return new InstalledMemory(all);
    }

    private static RuntimeException overlap(PhysicalRange one, PhysicalRange other) {
        return Problem.of(ProblemType.RANGE_OVERLAP, "%s overlaps System RAM %s".formatted(one, other))
                .toException();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InstalledMemory that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
