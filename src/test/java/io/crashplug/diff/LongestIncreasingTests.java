package io.crashplug.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongestIncreasingTests {

    @Test
    void nothingHasNothingIncreasing() {
        assertThat(LongestIncreasing.of(new int[0])).isEmpty();
    }

    @Test
    void positionsAreThoseOfTheValuesKept() {
        assertThat(LongestIncreasing.of(new int[] {2, 0, 3, 1, 4}))
                .hasSize(3)
                .satisfies(kept -> assertThat(Arrays.stream(kept).map(i -> new int[] {2, 0, 3, 1, 4}[i]))
                        .isSorted());
        assertThat(LongestIncreasing.of(new int[] {9, 5, 1})).hasSize(1);
        assertThat(LongestIncreasing.of(new int[] {1, 1, 1})).hasSize(1);
    }

    @Test
    void noneIsLongerThanASlowSearchFinds() {
        var random = new Random(6);
        for (int round = 0; round < 2_000; round++) {
            var values = random.ints(random.nextInt(12), 0, 12).toArray();
            var kept = LongestIncreasing.of(values);
            assertThat(kept).hasSize(slow(values, 0, -1));
            for (int i = 1; i < kept.length; i++) {
                assertThat(kept[i]).isGreaterThan(kept[i - 1]);
                assertThat(values[kept[i]]).isGreaterThan(values[kept[i - 1]]);
            }
        }
    }

    private static int slow(int[] values, int at, int above) {
        if (at == values.length) {
            return 0;
        }
        int without = slow(values, at + 1, above);
        return values[at] <= above ? without : Math.max(without, 1 + slow(values, at + 1, values[at]));
    }
}
