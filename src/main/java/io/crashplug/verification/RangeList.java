package io.crashplug.verification;

import io.crashplug.elfcore.PhysicalRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Ranges in ascending order, to look up those that overlap another. */
final class RangeList {

    private final List<PhysicalRange> ranges;

    /** Ranges in any order; of those that overlap one before them nothing is kept, as no kernel lists such. */
    RangeList(Collection<PhysicalRange> any) {
        var ascending = new ArrayList<PhysicalRange>(any.size());
        for (var range : any.stream().sorted().toList()) {
            int last = ascending.size() - 1;
            if (last < 0 || ascending.get(last).end() < range.start()) {
                ascending.add(range);
            }
        }
        ranges = ascending;
    }

    List<PhysicalRange> ranges() {
        return ranges;
    }

    List<PhysicalRange> overlapping(PhysicalRange other) {
        int first = firstEndingAtOrAfter(other.start());
        int end = first;
        while (end < ranges.size() && ranges.get(end).start() <= other.end()) {
            end++;
        }
        return ranges.subList(first, end);
    }

    boolean has(PhysicalRange range) {
        var found = overlapping(range);
        return found.size() == 1 && found.get(0).equals(range);
    }

    /** Whether one range holds both the byte before {@code boundary} and the byte at it. */
    boolean span(long boundary) {
        var around = new PhysicalRange(boundary - 1, boundary);
        return overlapping(around).stream().anyMatch(range -> range.contains(around));
    }

    /** What of {@code range} lies in none of the ranges. */
    List<PhysicalRange> leaveOf(PhysicalRange range) {
        var left = new ArrayList<PhysicalRange>();
        long at = range.start();
        for (var taken : overlapping(range)) {
            if (taken.start() > at) {
                left.add(new PhysicalRange(at, taken.start() - 1));
            }
            at = taken.end() + 1;
        }
        if (at <= range.end()) {
            left.add(new PhysicalRange(at, range.end()));
        }
        return left;
    }

    private int firstEndingAtOrAfter(long address) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).end() < address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
