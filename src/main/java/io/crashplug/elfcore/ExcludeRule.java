package io.crashplug.elfcore;

/** How {@code crash_exclude_mem_range()} (kernel/crash_core.c) takes a range out of a list, before and since Linux 6.9. */
public enum ExcludeRule {

    /**
     * Linux 5.9 to 6.8. As Linux does: it stops after the first range that it cuts or splits, so an exclusion over the
     * tail of one range leaves the next one whole even where it overlaps that too.
     */
    STOPS_AT_FIRST_CUT {
        @Override
        boolean exclude(RangeArray ranges, long start, long end) {
            for (int i = 0; i < ranges.count(); i++) {
                var cut = Cut.of(ranges, i, start, end);
                if (cut == Cut.NONE) {
                    continue;
                }
                if (cut == Cut.WHOLE) {
                    ranges.remove(i--);
                    continue;
                }
                if (cut == Cut.MIDDLE) {
                    // The left half is in place before the room is checked, and stays when there is none.
                    long right = ranges.end(i);
                    ranges.setEnd(i, start - 1);
                    if (i == ranges.capacity() - 1 || ranges.count() >= ranges.capacity()) {
                        return false;
                    }
                    ranges.insert(i + 1, end + 1, right);
                    return true;
                }
                cut.trim(ranges, i, start, end);
                return true;
            }
            return true;
        }
    },

    /** Linux 6.9 and later: every overlapping range is cut; room for a split is checked before anything of it changes. */
    THROUGH_ALL {
        @Override
        boolean exclude(RangeArray ranges, long start, long end) {
            for (int i = firstNotBefore(ranges, start); i < ranges.count() && ranges.start(i) <= end; i++) {
                var cut = Cut.of(ranges, i, start, end);
                if (cut == Cut.WHOLE) {
                    ranges.remove(i--);
                } else if (cut == Cut.MIDDLE) {
                    if (ranges.count() >= ranges.capacity()) {
                        return false;
                    }
                    ranges.insert(i + 1, end + 1, ranges.end(i));
                    ranges.setEnd(i, start - 1);
                    i++;
                } else {
                    cut.trim(ranges, i, start, end);
                }
            }
            return true;
        }
    };

    /**
     * Takes {@code start} to {@code end}, inclusive, out of the ranges.
     *
     * @return false if a split found no room, -ENOMEM in the kernel
     */
    abstract boolean exclude(RangeArray ranges, long start, long end);

    /** Unlike Linux (ADR 7), which walks from the first range: the list ascends, so the first that matters is looked up. */
    private static int firstNotBefore(RangeArray ranges, long start) {
        int low = 0;
        int high = ranges.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.end(middle) < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Which part of one range an exclusion takes. */
    private enum Cut {
        NONE,
        WHOLE,
        HEAD,
        MIDDLE,
        TAIL;

        static Cut of(RangeArray ranges, int i, long start, long end) {
            if (start > ranges.end(i) || end < ranges.start(i)) {
                return NONE;
            }
            boolean fromStart = start <= ranges.start(i);
            boolean toEnd = end >= ranges.end(i);
            if (fromStart) {
                return toEnd ? WHOLE : HEAD;
            }
            return toEnd ? TAIL : MIDDLE;
        }

        void trim(RangeArray ranges, int i, long start, long end) {
            if (this == HEAD) {
                ranges.setStart(i, end + 1);
            } else if (this == TAIL) {
                ranges.setEnd(i, start - 1);
            }
        }
    }
}
