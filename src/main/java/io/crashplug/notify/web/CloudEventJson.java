package io.crashplug.notify.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.crashplug.notify.MachineEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** An event as CloudEvents 1.0 writes it in JSON. */
@Schema(name = "CloudEvent")
record CloudEventJson(
        @Schema(description = "Version of CloudEvents", example = "1.0")
        String specversion,

        @Schema(description = "Names the event among all: the machine's id and the number of the event")
        String id,

        @Schema(description = "The machine that it is about, by its id", format = "uri-reference")
        String source,

        @Schema(
                description = "What happened",
                allowableValues = {
                    "machine.created",
                    "machine.changed",
                    "machine.deleted",
                    "crash-image.loaded",
                    "crash-image.unloaded",
                    "elfcorehdr.updated",
                    "elfcorehdr.stale",
                    "elfcorehdr.current",
                    "elfcorehdr.refused",
                    "verification.failed"
                })
        String type,

        @Schema(description = "What the machine was called then")
        String subject,

        Instant time,

        @Schema(example = "application/json") String datacontenttype,

        @Schema(
                description = "Counts up from 1 in each machine, without a gap; 19 digits, so that it sorts as text",
                pattern = "^[0-9]{19}$",
                example = "0000000000000000007")
        String sequence,

        @Schema(
                description = "What is told of it: ids, numbers and digests, never bytes",
                types = {"object"})
        @JsonRawValue
        String data) {

    private static final String SPEC_VERSION = "1.0";
    private static final String JSON = "application/json";

    /** One that tells of nothing, to try a webhook with. */
    static CloudEventJson test(String id, String webhook, Instant at) {
        return new CloudEventJson(
                SPEC_VERSION,
                id,
                "/api/v1/webhooks/" + webhook,
                "webhook.test",
                webhook,
                at,
                JSON,
                "%019d".formatted(0),
                "{}");
    }

    static CloudEventJson of(MachineEvent event) {
        return new CloudEventJson(
                SPEC_VERSION,
                event.id(),
                "/api/v1/machines/" + event.machineId(),
                event.type().publishedName(),
                event.machineName(),
                event.at(),
                JSON,
                "%019d".formatted(event.sequence()),
                event.data());
    }
}
