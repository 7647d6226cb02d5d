package io.crashplug.notify;

import io.crashplug.limits.Times;
import io.crashplug.machine.Now;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets events in the background, once they have been kept for long enough; the history of machines stays. */
@Component
@ConditionalOnWebApplication
class ForgetEvents {

    private static final int MINUTES_BETWEEN = 10;

    private final OldEvents events;
    private final Clock clock;
    private final Duration retention;

    ForgetEvents(OldEvents events, Clock clock, Times times) {
        this.events = events;
        this.clock = clock;
        this.retention = times.eventRetention();
    }

    @Scheduled(initialDelay = 1, fixedDelay = MINUTES_BETWEEN, timeUnit = TimeUnit.MINUTES)
    void forget() {
        var since = Now.of(clock).minus(retention);
        while (events.forget(since)) {}
    }
}
