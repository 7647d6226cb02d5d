package io.crashplug.notify.web;

import io.crashplug.notify.Delivery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event on its way to a webhook. */
@Schema(name = "WebhookDelivery")
record DeliveryJson(
        @Schema(description = "Counts up from 1 in each webhook")
        long number,

        @Schema(description = "The id of the event; the receiver gets it as webhook-id, too")
        String event,

        @Schema(description = "The type of the event") String type,

        UUID machineId,

        @Schema(
                description =
                        "QUEUED waits for the event before it of the same machine, PENDING for its next try; DEAD was tried"
                                + " for as long as it is")
        Delivery.State state,

        @Schema(description = "How often it was sent, or is being sent")
        int attempts,

        Instant createdAt,

        @Schema(
                description =
                        "When it is tried next; of one that is SENDING, when it is taken for lost; null once it is over")
        @Nullable
        Instant nextAttemptAt,

        @Schema(description = "From then on it is dead if it waits or fails")
        Instant giveUpAt,

        @Schema(description = "When it was over; null if it is not") @Nullable
        Instant completedAt,

        @Schema(description = "The HTTP status of the last answer; null if there was none") @Nullable
        Integer lastStatus,

        @Schema(description = "What was wrong the last time; null if nothing was") @Nullable
        String lastError) {

    static DeliveryJson of(Delivery delivery) {
        return new DeliveryJson(
                delivery.number(),
                delivery.event(),
                delivery.type().publishedName(),
                delivery.machineId(),
                delivery.state(),
                delivery.attempts(),
                delivery.createdAt(),
                delivery.nextAttemptAt(),
                delivery.giveUpAt(),
                delivery.completedAt(),
                delivery.lastStatus(),
                delivery.lastError());
    }
}
