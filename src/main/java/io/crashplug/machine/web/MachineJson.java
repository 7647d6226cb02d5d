package io.crashplug.machine.web;

import io.crashplug.elfcore.LoadPath;
import io.crashplug.machine.Condition;
import io.crashplug.machine.CrashImageSummary;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.MachineState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A machine as it is answered. */
@Schema(name = "Machine")
public record MachineJson(
        UUID id,
        String name,
        Map<String, String> labels,
        String description,
        KernelJson kernel,
        CpusJson cpus,
        MemoryJson memory,

        @Schema(description = "Number of the layout, +1 per change set that alters it")
        long generation,

        Exactness exactness,
        List<ConditionJson> conditions,

        @Schema(description = "The loaded crash image in short; null while none is loaded") @Nullable
        CrashImageSummaryJson crashImage,

        Instant createdAt,
        Instant updatedAt) {

    /** One condition as it is answered. */
    @Schema(name = "Condition")
    record ConditionJson(
            Condition.Type type, Condition.Status status, String reason, String message, Instant lastTransitionTime) {}

    /** A crash image in short, as it is answered. */
    @Schema(name = "CrashImageSummary")
    record CrashImageSummaryJson(
            LoadPath loadPath,
            @Nullable Integer elfcorehdrIndex,
            @Nullable Long headerRevision,
            @Nullable Long headerGeneration,
            Instant loadedAt) {

        static @Nullable CrashImageSummaryJson of(@Nullable CrashImageSummary image) {
            return image == null
                    ? null
                    : new CrashImageSummaryJson(
                            image.loadPath(),
                            image.elfcorehdrIndex(),
                            image.headerRevision(),
                            image.headerGeneration(),
                            image.loadedAt());
        }
    }

    public static MachineJson of(MachineState state) {
        var machine = state.machine();
        var conditions = new TreeMap<>(machine.conditions());
        return new MachineJson(
                machine.id(),
                machine.name(),
                new TreeMap<>(machine.labels()),
                machine.description(),
                KernelJson.of(machine.kernel(), state.layout()),
                CpusJson.of(machine, state.layout().cpus()),
                MemoryJson.of(machine, state.layout().memory()),
                machine.generation(),
                machine.exactness(),
                conditions.entrySet().stream()
                        .map(condition -> of(condition.getKey(), condition.getValue()))
                        .toList(),
                CrashImageSummaryJson.of(state.crashImage()),
                machine.createdAt(),
                machine.updatedAt());
    }

    private static ConditionJson of(Condition.Type type, Condition condition) {
        return new ConditionJson(
                type, condition.status(), condition.reason(), condition.message(), condition.lastTransitionTime());
    }
}
