package io.crashplug.elfcore;

/**
 * Guest-physical memory from {@code start} to {@code end}, both inclusive, in bytes.
 *
 * <p>Inclusive as in {@code struct range} (include/linux/range.h, Linux 6.6): the last byte of the address space can
 * then be named without overflow. x86_64 addresses at most 52 bits of physical memory, so a signed {@code long} is
 * wide enough here, unlike for virtual addresses.
 *
 * @param start the first byte, at least 0
 * @param end the last byte, at least {@code start}
 */
public record PhysicalRange(long start, long end) implements Comparable<PhysicalRange> {

    public PhysicalRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a physical range: 0x%x-0x%x".formatted(start, end));
        }
    }

    /**
     * The range of {@code sizeBytes} bytes that begins at {@code start}.
     *
     * @throws IllegalArgumentException if the size is below 1 or the range would leave the signed 64-bit space
     */
    public static PhysicalRange ofSize(long start, long sizeBytes) {
        if (sizeBytes < 1) {
            throw new IllegalArgumentException("a range of %d bytes is none".formatted(sizeBytes));
        }
        return new PhysicalRange(start, start + sizeBytes - 1);
    }

    public long sizeBytes() {
        return end - start + 1;
    }

    public boolean overlaps(PhysicalRange other) {
        return start <= other.end && other.start <= end;
    }

    public boolean contains(PhysicalRange other) {
        return start <= other.start && other.end <= end;
    }

    /** Whether {@code next} begins at the byte after this range's last. */
    public boolean isFollowedBy(PhysicalRange next) {
        return end + 1 == next.start;
    }

    @Override
    public int compareTo(PhysicalRange other) {
        return start != other.start ? Long.compare(start, other.start) : Long.compare(end, other.end);
    }

    /** The range in hexadecimal, {@code 0x100000-0x7fffffff}. */
    @Override
    public String toString() {
        return "0x%x-0x%x".formatted(start, end);
    }
}
