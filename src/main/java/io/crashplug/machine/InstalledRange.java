package io.crashplug.machine;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One range of System RAM in a layout.
 *
 * @param range its bytes
 * @param offlineParts the parts that are plugged but not online: ascending, apart from each other, inside the range
 * @param device what is behind it, where known
 */
public record InstalledRange(
        PhysicalRange range,
        List<PhysicalRange> offlineParts,
        @Nullable MemoryDevice device) {

    /** A row of the database has room for their addresses. */
    public static final int MAX_OFFLINE_PARTS = 20_000;

    public InstalledRange {
        offlineParts = List.copyOf(offlineParts);
    }

    /** A range that is online as a whole, or offline as a whole. */
    public static InstalledRange of(PhysicalRange range, boolean online, @Nullable MemoryDevice device) {
        return new InstalledRange(range, online ? List.of() : List.of(range), device);
    }

    /** A range of which some parts are offline; they may come in any order, overlap or touch. */
    public static InstalledRange partlyOffline(
            PhysicalRange range, List<PhysicalRange> offline, @Nullable MemoryDevice device) {
        return new InstalledRange(range, joined(offline), device);
    }

    /** Whether any part is online. */
    public boolean online() {
        return !isOffline(range);
    }

    /** Whether all of {@code part} is offline. */
    public boolean isOffline(PhysicalRange part) {
        return offlineParts.stream().anyMatch(offline -> offline.contains(part));
    }

    /** Whether all of {@code part} is online. */
    public boolean isOnline(PhysicalRange part) {
        return offlineParts.stream().noneMatch(offline -> offline.overlaps(part));
    }

    InstalledRange withOnline(PhysicalRange part) {
        return new InstalledRange(range, without(offlineParts, part), device);
    }

    InstalledRange withOffline(PhysicalRange part) {
        var parts = new ArrayList<>(without(offlineParts, part));
        parts.add(part);
        return bounded(range, parts, device);
    }

    /** What is left of the range without {@code part}, head or tail or both. */
    List<InstalledRange> without(PhysicalRange part) {
        return without(List.of(range), part).stream().map(this::cutTo).toList();
    }

    /** This range and the next one of the same device as one. */
    InstalledRange mergedWith(InstalledRange next) {
        var parts = new ArrayList<>(offlineParts);
        parts.addAll(next.offlineParts);
        return bounded(new PhysicalRange(range.start(), next.range.end()), parts, device);
    }

    private static InstalledRange bounded(
            PhysicalRange range, List<PhysicalRange> offline, @Nullable MemoryDevice device) {
        var parts = joined(offline);
        if (parts.size() > MAX_OFFLINE_PARTS) {
            throw Problem.of(
                            ProblemType.MACHINE_TOO_LARGE,
                            "%s would have %d parts that are offline, more than %d"
                                    .formatted(range, parts.size(), MAX_OFFLINE_PARTS))
                    .with("most", MAX_OFFLINE_PARTS)
                    .toException();
        }
        return new InstalledRange(range, parts, device);
    }

    boolean mergesWith(InstalledRange next) {
        return device != null
                && device.merges()
                && next.device != null
                && next.device.merges()
                && device.id().equals(next.device.id())
                && range.isFollowedBy(next.range);
    }

    private InstalledRange cutTo(PhysicalRange piece) {
        var parts = offlineParts.stream()
                .filter(piece::overlaps)
                .map(part ->
                        new PhysicalRange(Math.max(part.start(), piece.start()), Math.min(part.end(), piece.end())))
                .toList();
        return new InstalledRange(piece, parts, device);
    }

    private static List<PhysicalRange> without(List<PhysicalRange> ranges, PhysicalRange taken) {
        var left = new ArrayList<PhysicalRange>();
        for (var range : ranges) {
            if (!range.overlaps(taken)) {
                left.add(range);
                continue;
            }
            if (range.start() < taken.start()) {
                left.add(new PhysicalRange(range.start(), taken.start() - 1));
            }
            if (taken.end() < range.end()) {
                left.add(new PhysicalRange(taken.end() + 1, range.end()));
            }
        }
        return left;
    }

    private static List<PhysicalRange> joined(List<PhysicalRange> ranges) {
        var joined = new ArrayList<PhysicalRange>();
        for (var range : ranges.stream().sorted().toList()) {
            int last = joined.size() - 1;
            if (last >= 0 && range.start() <= joined.get(last).end() + 1) {
                joined.set(
                        last,
                        new PhysicalRange(
                                joined.get(last).start(),
                                Math.max(range.end(), joined.get(last).end())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
