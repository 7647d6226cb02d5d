package io.crashplug.elfcore;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The kernel's {@code struct crash_mem}: ranges in an array with room for no more than its capacity. Mutable, for this
 * package.
 *
 * <p>Unlike Linux, which copies all of System RAM into it, only the ranges up to the last one that changed are copied
 * ({@code head}); those behind it stay in the memory's own array ({@code tail}). What a dump leaves out lies low, so of
 * thousands of ranges a rebuild copies a handful.
 *
 * <pre>
 *   ranges      head: changed             tail: as in System RAM
 *             |s e|s e|s e|  ...     ... |s e|s e|s e|s e|s e|
 *                         ^ headLength   ^ tailFrom
 * </pre>
 */
final class RangeArray {

    private final int capacity;
    private final long[] tail;
    private int tailFrom;
    private long[] head = new long[8];
    private int headLength;

    /**
     * The ranges whose first and last bytes alternate in {@code bounds}, which is only read.
     *
     * @param capacity how many ranges the kernel has room for; may be too few
     */
    RangeArray(long[] bounds, int capacity) {
        this.tail = bounds;
        this.capacity = capacity;
    }

    int count() {
        return (headLength + tail.length - tailFrom) / 2;
    }

    int capacity() {
        return capacity;
    }

    long start(int i) {
        return bound(2 * i);
    }

    long end(int i) {
        return bound(2 * i + 1);
    }

    private long bound(int at) {
        return at < headLength ? head[at] : tail[tailFrom + at - headLength];
    }

    void setStart(int i, long start) {
        copyToHead(i + 1);
        head[2 * i] = start;
    }

    void setEnd(int i, long end) {
        copyToHead(i + 1);
        head[2 * i + 1] = end;
    }

    void insert(int i, long start, long end) {
        copyToHead(i);
        reserve(headLength + 2);
        System.arraycopy(head, 2 * i, head, 2 * (i + 1), headLength - 2 * i);
        headLength += 2;
        setStart(i, start);
        setEnd(i, end);
    }

    void remove(int i) {
        copyToHead(i + 1);
        headLength -= 2;
        System.arraycopy(head, 2 * (i + 1), head, 2 * i, headLength - 2 * i);
    }

    /** The first and last bytes, alternating, in two pieces. */
    List<LongBuffer> pieces() {
        return List.of(LongBuffer.wrap(head, 0, headLength), LongBuffer.wrap(tail, tailFrom, tail.length - tailFrom));
    }

    /** The first and last bytes, alternating, in an array of its own. */
    long[] bounds() {
        copyToHead(count());
        return Arrays.copyOf(head, headLength);
    }

    /** Makes the first {@code count} ranges writable. */
    private void copyToHead(int count) {
        int missing = 2 * count - headLength;
        if (missing > 0) {
            reserve(2 * count);
            System.arraycopy(tail, tailFrom, head, headLength, missing);
            headLength += missing;
            tailFrom += missing;
        }
    }

    private void reserve(int length) {
        if (length > head.length) {
            head = Arrays.copyOf(head, Math.max(length, 2 * head.length));
        }
    }
}
