package io.crashplug.elfcore;

/**
 * The number Linux gives a logical CPU.
 *
 * @param number from 0 to {@value #MAX}: x86_64 kernels are built for 8,192 CPUs at most (NR_CPUS, arch/x86/Kconfig)
 */
public record CpuId(int number) implements Comparable<CpuId> {

    public static final int MAX = 8191;

    public CpuId {
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("CPU %d is not between 0 and %d".formatted(number, MAX));
        }
    }

    @Override
    public int compareTo(CpuId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
