package io.crashplug.fuzz;

import java.util.List;
import java.util.Random;

/** Chance that a seed repeats. */
public final class Dice {

    private final Random random;

    public Dice(long seed) {
        random = new Random(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from 0 to {@code end} - 1. */
    int below(int end) {
        return random.nextInt(end);
    }

    long anyLong() {
        return random.nextLong();
    }

    byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
