package io.crashplug.elfcore;

import java.util.Arrays;

/** The kernel's {@code struct crash_mem}: ranges in an array that cannot grow past its capacity. Mutable, for this package. */
final class RangeArray {

    private final int capacity;
    private long[] bounds;
    private int count;

    RangeArray(int capacity) {
        this(new long[2 * capacity], 0, capacity);
    }

    private RangeArray(long[] bounds, int count, int capacity) {
        this.bounds = bounds;
        this.count = count;
        this.capacity = capacity;
    }

    /** The same ranges with room for {@code capacity}, or for as many as there are if that is more. */
    RangeArray copy(int capacity) {
        return new RangeArray(Arrays.copyOf(bounds, 2 * Math.max(capacity, count)), count, capacity);
    }

    int count() {
        return count;
    }

    int capacity() {
        return capacity;
    }

    long start(int i) {
        return bounds[2 * i];
    }

    long end(int i) {
        return bounds[2 * i + 1];
    }

    void setStart(int i, long start) {
        bounds[2 * i] = start;
    }

    void setEnd(int i, long end) {
        bounds[2 * i + 1] = end;
    }

    void append(long start, long end) {
        insert(count, start, end);
    }

    void insert(int i, long start, long end) {
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length + 2);
        }
        System.arraycopy(bounds, 2 * i, bounds, 2 * (i + 1), 2 * (count - i));
        count++;
        setStart(i, start);
        setEnd(i, end);
    }

    void remove(int i) {
        System.arraycopy(bounds, 2 * (i + 1), bounds, 2 * i, 2 * (count - i - 1));
        count--;
    }
}
