package io.crashplug.elfcore;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Memory as the kernel lists it for a dump: ascending ranges that do not overlap. Adjacent ranges stay apart, as
 * {@code walk_system_ram_res()} reports them (kernel/resource.c, Linux 6.6).
 */
public final class CrashMemory {

    /** The first and last bytes of the ranges, alternating. */
    private final long[] bounds;

    private CrashMemory(long[] bounds) {
        this.bounds = bounds;
    }

    /**
     * Memory of the given ranges, in any order.
     *
     * @throws IllegalArgumentException if two of them overlap
     */
    public static CrashMemory of(Collection<PhysicalRange> ranges) {
        var bounds = new long[2 * ranges.size()];
        int length = 0;
        for (var range : ranges.stream().sorted().toList()) {
            if (length > 0 && bounds[length - 1] >= range.start()) {
                throw new IllegalArgumentException("%s overlaps what comes before it".formatted(range));
            }
            bounds[length++] = range.start();
            bounds[length++] = range.end();
        }
        return new CrashMemory(bounds);
    }

    /** How many ranges there are. */
    public int count() {
        return bounds.length / 2;
    }

    public List<PhysicalRange> ranges() {
        return IntStream.range(0, count())
                .mapToObj(i -> new PhysicalRange(bounds[2 * i], bounds[2 * i + 1]))
                .toList();
    }

    /**
     * This memory without {@code excluded}, by the rule of one kernel, in an array of {@code capacity} ranges.
     *
     * @return what is left, which on {@link Exclusion#outOfRoom()} is what the kernel had reached when it gave up
     */
    public Exclusion exclude(PhysicalRange excluded, ExcludeRule rule, int capacity) {
        var left = toArray(capacity);
        var fits = rule.exclude(left, excluded.start(), excluded.end());
        return new Exclusion(new CrashMemory(left.bounds()), !fits);
    }

    /** The ranges in an array to exclude from, which has room for {@code capacity}. */
    RangeArray toArray(int capacity) {
        return new RangeArray(bounds, capacity);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CrashMemory that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return ranges().toString();
    }

    /**
     * What an exclusion left.
     *
     * @param memory the ranges that remain
     * @param outOfRoom whether a split found no free slot, which the kernel answers with -ENOMEM
     */
    public record Exclusion(CrashMemory memory, boolean outOfRoom) {}
}
