package io.crashplug.hotplug.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crashplug.elfcore.CpuId;
import io.crashplug.hotplug.Action;
import io.crashplug.hotplug.Change;
import io.crashplug.machine.MemoryDevice;
import io.crashplug.machine.web.DeviceJson;
import io.crashplug.machine.web.RangeJson;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One change on the wire and in the stored history. Which fields it takes depends on its action. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Change")
record ChangeJson(
        Action action,

        @Schema(minimum = "0", maximum = "8191", description = "The *_CPU actions take it") @Nullable
        Integer cpu,

        @Schema(description = "The *_MEMORY actions take it; ONLINE and OFFLINE may name part of a range") @Nullable
        RangeJson range,

        @Schema(description = "ADD_MEMORY takes it") @Nullable
        DeviceJson device,

        @Schema(description = "REMOVE_MEMORY, ONLINE_MEMORY and OFFLINE_MEMORY take it instead of a range") @Nullable
        String deviceId,

        @Schema(defaultValue = "true", description = "The ADD_* actions take it: false for plugged but not online")
        @Nullable
        Boolean online,

        @Schema(
                types = {"boolean", "object"},
                implementation = Object.class,
                description = "REMOVE_MEMORY takes it: true, or the part as a range, where the kernel's"
                        + " handler still found the memory listed")
        @Nullable
        JsonNode stillListed) {

    ChangeJson {
        InvalidField.required(action, "action");
        change(action, cpu, range, device, deviceId, online, StillListedJson.read(stillListed));
        stillListed = StillListedJson.normal(stillListed);
    }

    Change change() {
        return change(action, cpu, range, device, deviceId, online, StillListedJson.read(stillListed));
    }

    private static Change change(
            Action action,
            @Nullable Integer cpu,
            @Nullable RangeJson range,
            @Nullable DeviceJson device,
            @Nullable String deviceId,
            @Nullable Boolean online,
            Change.@Nullable StillListed stillListed) {
        boolean aboutCpu = action.name().endsWith("_CPU");
        boolean adds = action == Action.ADD_CPU || action == Action.ADD_MEMORY;
        allow(aboutCpu, cpu, "cpu", action);
        allow(!aboutCpu, range, "range", action);
        allow(action == Action.ADD_MEMORY, device, "device", action);
        allow(!aboutCpu && !adds, deviceId, "deviceId", action);
        InvalidField.text(deviceId, "", MemoryDevice.MAX_ID_LENGTH, "deviceId");
        allow(adds, online, "online", action);
        allow(action == Action.REMOVE_MEMORY, stillListed, "stillListed", action);
        boolean thenOnline = !Boolean.FALSE.equals(online);
        return switch (action) {
            case ADD_CPU -> new Change.AddCpu(cpu(cpu), thenOnline);
            case REMOVE_CPU -> new Change.RemoveCpu(cpu(cpu));
            case ONLINE_CPU -> new Change.OnlineCpu(cpu(cpu));
            case OFFLINE_CPU -> new Change.OfflineCpu(cpu(cpu));
            case ADD_MEMORY ->
                new Change.AddMemory(
                        InvalidField.required(range, "range").range(),
                        device == null ? null : device.device(),
                        thenOnline);
            case REMOVE_MEMORY -> new Change.RemoveMemory(target(range, deviceId), stillListed);
            case ONLINE_MEMORY -> new Change.OnlineMemory(target(range, deviceId));
            case OFFLINE_MEMORY -> new Change.OfflineMemory(target(range, deviceId));
        };
    }

    private static CpuId cpu(@Nullable Integer cpu) {
        int number = InvalidField.required(cpu, "cpu");
        return InvalidField.reading("cpu", () -> new CpuId(number));
    }

    private static Change.MemoryTarget target(@Nullable RangeJson range, @Nullable String deviceId) {
        return InvalidField.reading(
                "range", () -> new Change.MemoryTarget(range == null ? null : range.range(), deviceId));
    }

    private static void allow(boolean allowed, @Nullable Object value, String field, Action action) {
        if (value != null && !allowed) {
            throw new InvalidField(field, "%s does not take %s".formatted(action, field));
        }
    }
}
