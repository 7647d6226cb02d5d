package io.crashplug.machine.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crashplug.machine.MemoryDevice;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The device behind a range of memory, on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "MemoryDevice")
public record DeviceJson(
        MemoryDevice.Type type,

        @Schema(maxLength = MemoryDevice.MAX_ID_LENGTH, example = "dimm0")
        String id,

        @Schema(minimum = "0") @Nullable Integer slot,

        @Schema(minimum = "0", description = "NUMA node") @Nullable
        Integer node) {

    public DeviceJson {
        InvalidField.required(type, "type");
        InvalidField.text(InvalidField.required(id, "id"), "", MemoryDevice.MAX_ID_LENGTH, "id");
        if (id.isEmpty()) {
            throw new InvalidField("id", "id is empty");
        }
        InvalidField.between(0, Integer.MAX_VALUE, slot, 0, "slot");
        InvalidField.between(0, Integer.MAX_VALUE, node, 0, "node");
    }

    public static @Nullable DeviceJson of(@Nullable MemoryDevice device) {
        return device == null ? null : new DeviceJson(device.type(), device.id(), device.slot(), device.node());
    }

    public MemoryDevice device() {
        return new MemoryDevice(type, id, slot, node);
    }
}
