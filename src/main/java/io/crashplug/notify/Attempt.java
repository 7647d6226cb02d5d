package io.crashplug.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this process is to send now.
 *
 * @param number the delivery's
 * @param count of the attempt, from 1: while it stands at the delivery, no other process has taken it over
 * @param giveUpAt from then on it is dead if it waits or fails
 */
record Attempt(Webhook webhook, WebhookSecret secret, long number, int count, Instant giveUpAt, MachineEvent event) {

    /**
     * What came of it.
     *
     * @param status of the receiver's answer; null if there was none
     * @param error what was wrong, in a sentence; null if nothing was
     * @param counts whether a failure is the receiver's
     */
    record Result(@Nullable Integer status, @Nullable String error, boolean counts) {

        static Result answered(int status, @Nullable String error) {
            return new Result(status, error, true);
        }

        static Result failed(String error) {
            return new Result(null, error, true);
        }

        /** The service ends. */
        static Result brokenOff() {
            return new Result(null, "the service ended meanwhile", false);
        }
    }
}
