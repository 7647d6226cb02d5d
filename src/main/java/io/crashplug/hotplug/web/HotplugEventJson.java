package io.crashplug.hotplug.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.crashplug.hotplug.HeaderChange;
import io.crashplug.hotplug.HotplugEvent;
import io.crashplug.hotplug.Outcome;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry of the history as it is answered. */
@Schema(name = "HotplugEvent")
public record HotplugEventJson(
        @Schema(description = "Counts up from 1 in each machine; null for a dry run") @Nullable
        Long sequence,

        UUID machineId,
        Instant at,
        String actor,
        String requestId,
        String reason,

        @ArraySchema(schema = @Schema(implementation = ChangeJson.class)) @JsonRawValue
        String changes,

        Outcome outcome,

        @Schema(description = "What came of it, in the kernel's words where it has some")
        String detail,

        @Schema(description = "The type of the problem that a refused change set was answered with") @Nullable
        String problem,

        GenerationJson generation,

        @Schema(description = "What became of the header; null where there is none") @Nullable
        HeaderJson header,

        long durationMicros) {

    /** Numbers of the layout before and after. */
    @Schema(name = "GenerationChange")
    public record GenerationJson(long before, long after) {}

    /** What an event did to the header, as it is answered. */
    @Schema(name = "HeaderChange")
    public record HeaderJson(
            @Schema(description = "Number of the bytes in force afterwards; null for a dry run or once unloaded")
            @Nullable
            Long revision,

            @Schema(description = "Size of the header that was built, or else of the one in force")
            int elfszBytes,

            long memszBytes,
            int phdrCount,

            @Schema(description = "Bytes of the segment that changed; null for a load") @Nullable
            Integer changedBytes,

            @Nullable String sha256Before,
            @Nullable String sha256After) {

        static HeaderJson of(HeaderChange header, boolean dryRun) {
            return new HeaderJson(
                    dryRun ? null : header.revision(),
                    header.elfszBytes(),
                    header.memszBytes(),
                    header.phdrCount(),
                    header.changedBytes(),
                    header.sha256Before(),
                    header.sha256After());
        }
    }

    public static HotplugEventJson of(HotplugEvent event) {
        return of(event, false);
    }

    /** What a dry run would have answered: it has no number, and neither has its header. */
    public static HotplugEventJson ofDryRun(HotplugEvent event) {
        return of(event, true);
    }

    private static HotplugEventJson of(HotplugEvent event, boolean dryRun) {
        return new HotplugEventJson(
                dryRun ? null : event.sequence(),
                event.machineId(),
                event.at(),
                event.actor(),
                event.requestId(),
                event.reason(),
                event.changes(),
                event.outcome(),
                event.detail(),
                event.problemType().map(type -> type.path()).orElse(null),
                new GenerationJson(event.generationBefore(), event.generationAfter()),
                event.header().map(header -> HeaderJson.of(header, dryRun)).orElse(null),
                event.durationMicros());
    }
}
