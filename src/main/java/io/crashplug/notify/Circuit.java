package io.crashplug.notify;

import io.crashplug.limits.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** How long to wait after failures: twice as long after each, and by chance up to half less, so that tries spread. */
@Component
class Circuit {

    /** After so many failures one upon the other, a webhook is tried with one delivery at a time. */
    static final int OPENS_AT = 5;

    private static final int MOST_DOUBLINGS = 30;

    private final WebhookSettings settings;
    private final Duration giveUpAfter;

    Circuit(WebhookSettings settings, Times times) {
        this.settings = settings;
        this.giveUpAfter = settings.giveUpAfter().compareTo(times.eventRetention()) < 0
                ? settings.giveUpAfter()
                : times.eventRetention();
    }

    /** From then on a delivery is dead if it waits or fails. It is deleted with its event, be it before then. */
    Instant giveUpAt(Instant now) {
        return now.plus(giveUpAfter);
    }

    static boolean isOpen(int failures) {
        return failures >= OPENS_AT;
    }

    /** The time to the next try of a delivery that has failed so often, from 1. */
    Duration beforeRetry(int failures) {
        long first = settings.firstRetry().toMillis();
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        long most = settings.mostBetweenRetries().toMillis();
        long whole = first > most >> doublings ? most : first << doublings;
        return Duration.ofMillis(whole - RandomGenerator.getDefault().nextLong(whole / 2 + 1));
    }

    /** The time to the next try of a webhook whose tries have failed so often that it is open. */
    Duration beforeProbe(int failures) {
        return beforeRetry(failures - OPENS_AT + 1);
    }
}
