package io.crashplug.intake;

import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.ExcludeRule;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The memory that a header lists, without overlap. */
final class ListedRanges {

    private final NavigableMap<Long, PhysicalRange> byStart = new TreeMap<>();

    ListedRanges(Collection<PhysicalRange> listed) {
        listed.forEach(range -> byStart.put(range.start(), range));
    }

    /** Those that share a byte with a range, ascending. */
    List<PhysicalRange> in(PhysicalRange range) {
        var before = byStart.lowerEntry(range.start());
        return Stream.concat(
                        Stream.ofNullable(before == null ? null : before.getValue()),
                        byStart.subMap(range.start(), true, range.end(), true).values().stream())
                .filter(range::overlaps)
                .toList();
    }

    /** Where no reservation is known, what is listed from both ends of a range is that range with one inside of it. */
    boolean listsBothEnds(PhysicalRange range) {
        var pieces = in(range);
        return pieces.size() > 1
                && pieces.get(0).start() == Math.max(range.start(), HeaderOverLayout.LOW_1M.end() + 1)
                && pieces.get(pieces.size() - 1).end() == range.end();
    }

    /**
     * Whether all that is not listed of a range is offline, and nothing is listed beyond it.
     *
     * @param all what would be listed if it were online
     */
    boolean missesOnlyOffline(InstalledRange known, List<PhysicalRange> all) {
        if (known.offlineParts().isEmpty()) {
            return false;
        }
        var pieces = in(known.range());
        var missing = CrashMemory.of(all);
        for (var piece : pieces) {
            missing = missing.exclude(piece, ExcludeRule.THROUGH_ALL, missing.count() + 1)
                    .memory();
        }
        return pieces.stream().allMatch(known.range()::contains)
                && missing.ranges().stream().allMatch(known::isOffline);
    }
}
