package io.crashplug.diff;

/** The longest increasing subsequence, in O(n log n). */
final class LongestIncreasing {

    private LongestIncreasing() {}

    /** The ascending positions of a longest strictly increasing subsequence of {@code values}. */
    static int[] of(int[] values) {
        // tails[k]: where the subsequence of k + 1 values that ends lowest so far has its end.
        var tails = new int[values.length];
        var previous = new int[values.length];
        int length = 0;
        for (int i = 0; i < values.length; i++) {
            int shorter = shorterThan(values, tails, length, values[i]);
            previous[i] = shorter == 0 ? -1 : tails[shorter - 1];
            tails[shorter] = i;
            length = Math.max(length, shorter + 1);
        }
        var positions = new int[length];
        for (int k = length - 1, i = length == 0 ? -1 : tails[length - 1]; k >= 0; k--, i = previous[i]) {
            positions[k] = i;
        }
        return positions;
    }

    /** How many of the tails have lower values. */
    private static int shorterThan(int[] values, int[] tails, int length, int value) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[tails[middle]] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
