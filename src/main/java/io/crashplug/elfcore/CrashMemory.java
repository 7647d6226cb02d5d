package io.crashplug.elfcore;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Memory as the kernel lists it for a dump: ascending ranges that do not overlap. Adjacent ranges stay apart, as
 * {@code walk_system_ram_res()} reports them (kernel/resource.c, Linux 6.6).
 */
public final class CrashMemory {

    private final RangeArray ranges;

    private CrashMemory(RangeArray ranges) {
        this.ranges = ranges;
    }

    /**
     * Memory of the given ranges, in any order.
     *
     * @throws IllegalArgumentException if two of them overlap
     */
    public static CrashMemory of(Collection<PhysicalRange> ranges) {
        var array = new RangeArray(ranges.size());
        ranges.stream().sorted().forEach(range -> {
            if (array.count() > 0 && array.end(array.count() - 1) >= range.start()) {
                throw new IllegalArgumentException("%s overlaps what comes before it".formatted(range));
            }
            array.append(range.start(), range.end());
        });
        return new CrashMemory(array);
    }

    /** How many ranges there are. */
    public int count() {
        return ranges.count();
    }

    public List<PhysicalRange> ranges() {
        return IntStream.range(0, ranges.count())
                .mapToObj(i -> new PhysicalRange(ranges.start(i), ranges.end(i)))
                .toList();
    }

    /**
     * This memory without {@code excluded}, by the rule of one kernel, in an array of {@code capacity} ranges.
     *
     * @return what is left, which on {@link Exclusion#outOfRoom()} is what the kernel had reached when it gave up
     */
    public Exclusion exclude(PhysicalRange excluded, ExcludeRule rule, int capacity) {
        var left = ranges.copy(capacity);
        var fits = rule.exclude(left, excluded.start(), excluded.end());
        return new Exclusion(new CrashMemory(left), !fits);
    }

    RangeArray copy(int capacity) {
        return ranges.copy(capacity);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CrashMemory that && ranges().equals(that.ranges());
    }

    @Override
    public int hashCode() {
        return ranges().hashCode();
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
