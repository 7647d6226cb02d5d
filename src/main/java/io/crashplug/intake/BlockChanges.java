package io.crashplug.intake;

import io.crashplug.elfcore.PhysicalRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Which blocks are removed and added so that as many are plugged as told, and as many of those that are known stay as can.
 *
 * @param removed of what was known
 * @param added beside it
 */
record BlockChanges(List<PhysicalRange> removed, List<PhysicalRange> added) {

    static BlockChanges between(List<PhysicalRange> known, PhysicalRange usable, long bytes) {
        var changes = new BlockChanges(new ArrayList<>(), new ArrayList<>());
        var kept = changes.within(usable, known);
        long more = bytes - kept.stream().mapToLong(PhysicalRange::sizeBytes).sum();
        if (more < 0) {
            changes.removeHighest(kept, -more);
        } else if (more > 0) {
            changes.addLowest(kept, usable, more);
        }
        return changes;
    }

    boolean isNone() {
        return removed.isEmpty() && added.isEmpty();
    }

    private List<PhysicalRange> within(PhysicalRange usable, List<PhysicalRange> known) {
        var kept = new ArrayList<PhysicalRange>();
        for (var range : known) {
            if (!usable.overlaps(range)) {
                removed.add(range);
                continue;
            }
            var inside =
                    new PhysicalRange(Math.max(usable.start(), range.start()), Math.min(usable.end(), range.end()));
            if (range.start() < inside.start()) {
                removed.add(new PhysicalRange(range.start(), inside.start() - 1));
            }
            if (inside.end() < range.end()) {
                removed.add(new PhysicalRange(inside.end() + 1, range.end()));
            }
            kept.add(inside);
        }
        return kept;
    }

    private void removeHighest(List<PhysicalRange> kept, long bytes) {
        long left = bytes;
        for (int i = kept.size() - 1; left > 0; i--) {
            var range = kept.get(i);
            long part = Math.min(left, range.sizeBytes());
            removed.add(new PhysicalRange(range.end() - part + 1, range.end()));
            left -= part;
        }
    }

    private void addLowest(List<PhysicalRange> kept, PhysicalRange usable, long bytes) {
        long left = bytes;
        long free = usable.start();
        for (var range : kept) {
            left -= add(free, range.start() - free, left);
            free = range.end() + 1;
        }
        add(free, usable.end() + 1 - free, left);
    }

    /** Adds what is free from an address on, as far as it is needed; how much that is. */
    private long add(long start, long free, long needed) {
        long part = Math.min(free, needed);
        if (part > 0) {
            added.add(PhysicalRange.ofSize(start, part));
        }
        return part;
    }
}
