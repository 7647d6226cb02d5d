package io.crashplug.notify;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a webhook.
 *
 * @param number counts up from 1 in each webhook
 * @param sequence of the event among those of the machine
 * @param attempts how often it was sent, or is being sent
 * @param nextAttemptAt when it is sent again if nothing else happens; null once it is over
 * @param giveUpAt from then on it is dead if it waits or fails
 * @param completedAt when it was over; null if it is not
 * @param lastStatus the HTTP status of the last answer; null if there was none
 * @param lastError what was wrong the last time; null if nothing was
 */
public record Delivery(
        long number,
        UUID machineId,
        long sequence,
        EventType type,
        State state,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        Instant giveUpAt,
        @Nullable Instant completedAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError) {

    /** Names the event among all. */
    public String event() {
        return new EventId(machineId, sequence).toString();
    }

    /** How far a delivery is. Names are stored and published: they never change. */
    public enum State {
        /** It waits for the event before it of the same machine. */
        QUEUED,
        /** It waits for its next try. */
        PENDING,
        SENDING,
        /** The receiver has answered that it has it. */
        DELIVERED,
        /** It was tried for as long as it is. */
        DEAD;

        boolean isOver() {
            return this == DELIVERED || this == DEAD;
        }
    }
}
