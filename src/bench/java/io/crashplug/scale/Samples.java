package io.crashplug.scale;

import java.util.Arrays;

/** Times of one kind of request, in nanoseconds. */
final class Samples {

    private long[] nanos = new long[1024];
    private int count;

    void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = sample;
    }

    /** The time that so many of a thousand do not exceed, in milliseconds. */
    double millis(int perMille) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, count * perMille / 1000)] / 1e6;
    }
}
