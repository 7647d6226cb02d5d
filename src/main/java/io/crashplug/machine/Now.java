package io.crashplug.machine;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time as it is stored and shown, in microseconds: what is answered equals what is read back. */
public final class Now {

    private Now() {}

    public static Instant of(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
