package io.crashplug.elfcore;

import java.util.BitSet;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * A set of CPUs, written in the kernel's list syntax: {@code 0-3,7}; the empty text is the empty set.
 *
 * <p>The syntax is the one of {@code bitmap_parselist()} (lib/bitmap-str.c, Linux 6.6) without its strides, which the
 * kernel never prints.
 */
public final class CpuSet {

    public static final CpuSet NONE = new CpuSet(new BitSet());

    private final BitSet cpus;

    private CpuSet(BitSet cpus) {
        this.cpus = cpus;
    }

    public static CpuSet of(Collection<CpuId> cpus) {
        var bits = new BitSet();
        cpus.forEach(cpu -> bits.set(cpu.number()));
        return new CpuSet(bits);
    }

    /** CPUs 0 to {@code count} - 1. */
    public static CpuSet first(int count) {
        var bits = new BitSet();
        bits.set(0, Math.min(count, CpuId.MAX + 1));
        return new CpuSet(bits);
    }

    /**
     * Reads list syntax. Groups may stand in any order and overlap, as the kernel allows.
     *
     * @throws IllegalArgumentException if the text is not a CPU list or names a CPU above {@link CpuId#MAX}
     */
    public static CpuSet parse(String list) {
        var bits = new BitSet();
        if (!list.isBlank()) {
            for (var group : list.strip().split(",", -1)) {
                var dash = group.indexOf('-');
                var first = cpu(dash < 0 ? group : group.substring(0, dash), list);
                var last = dash < 0 ? first : cpu(group.substring(dash + 1), list);
                if (last < first) {
                    throw new IllegalArgumentException("CPU list \"%s\" counts down in \"%s\"".formatted(list, group));
                }
                bits.set(first, last + 1);
            }
        }
        return new CpuSet(bits);
    }

    private static int cpu(String digits, String list) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("\"%s\" is not a CPU list such as \"0-3,7\"".formatted(list));
        }
        return new CpuId(Integer.parseInt(digits)).number();
    }

    public boolean contains(CpuId cpu) {
        return cpus.get(cpu.number());
    }

    public boolean containsAll(CpuSet others) {
        return others.minus(this).isEmpty();
    }

    public boolean isEmpty() {
        return cpus.isEmpty();
    }

    /** How many CPUs the set has. */
    public int count() {
        return cpus.cardinality();
    }

    public CpuSet with(CpuId cpu) {
        var bits = copy();
        bits.set(cpu.number());
        return new CpuSet(bits);
    }

    public CpuSet without(CpuId cpu) {
        var bits = copy();
        bits.clear(cpu.number());
        return new CpuSet(bits);
    }

    public CpuSet minus(CpuSet others) {
        var bits = copy();
        bits.andNot(others.cpus);
        return new CpuSet(bits);
    }

    /** The CPUs, ascending. */
    public Stream<CpuId> stream() {
        return cpus.stream().mapToObj(CpuId::new);
    }

    /** The first CPU from {@code from} on, or -1: where the next run of neighbours begins. */
    int nextSet(int from) {
        return cpus.nextSetBit(from);
    }

    /** The first number from {@code from} on that is no CPU of the set: where a run of neighbours ends, exclusive. */
    int nextClear(int from) {
        return cpus.nextClearBit(from);
    }

    private BitSet copy() {
        return (BitSet) cpus.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet that && cpus.equals(that.cpus);
    }

    @Override
    public int hashCode() {
        return cpus.hashCode();
    }

    /** The set as the kernel prints it: ascending, neighbours joined, nothing for the empty set. */
    @Override
    public String toString() {
        var list = new StringBuilder();
        for (int first = nextSet(0); first >= 0; ) {
            int last = nextClear(first) - 1;
            list.append(list.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                list.append('-').append(last);
            }
            first = nextSet(last + 1);
        }
        return list.toString();
    }
}
