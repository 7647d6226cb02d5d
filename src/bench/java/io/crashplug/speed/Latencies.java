package io.crashplug.speed;

import java.util.Arrays;

/** How long each of many events took, in nanoseconds. */
final class Latencies {

    private long[] nanos = new long[4096];
    private int count;

    void add(long one) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = one;
    }

    void add(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /** What as many of a hundred took at most, in milliseconds. */
    double percentileMillis(int percent) {
        if (count == 0) {
            return Double.NaN;
        }
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) ((count - 1) * (long) percent / 100)] / 1e6;
    }
}
