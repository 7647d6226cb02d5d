package io.crashplug.crash;

import java.util.Random;

/** Chance, the same again for the same seed: {@code -Dcrashplug.crash.seed=…}. */
final class CrashRandom {

    private CrashRandom() {}

    /** Prints the seed it begins with. */
    static Random of(String scenario) {
        long seed = Long.getLong("crashplug.crash.seed", System.nanoTime());
        System.out.printf("%s: crashplug.crash.seed=%d%n", scenario, seed);
        return new Random(seed);
    }

    /** How often the service is killed; other disturbances happen half as often, or a quarter. */
    static int kills() {
        return Integer.getInteger("crashplug.crash.kills", 3);
    }
}
