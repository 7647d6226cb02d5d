package io.crashplug.intake.web;

import io.crashplug.intake.DeviceMemory;
import io.crashplug.intake.GuestImport;
import io.crashplug.machine.MemoryDevice;
import io.crashplug.web.InvalidField;
import java.util.ArrayList;
import java.util.List;

/** The memory devices that QEMU tells of. */
final class QmpDevices {

    private final List<GuestImport.Warning> warnings;
    private final List<DeviceMemory> known = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    /** @param warnings are added to */
    QmpDevices(List<GuestImport.Warning> warnings) {
        this.warnings = warnings;
    }

    /** Those of models that can hold System RAM. */
    List<DeviceMemory> known() {
        return List.copyOf(known);
    }

    /** The ids of the others. */
    List<String> others() {
        return List.copyOf(others);
    }

    /** Reads one more. */
    void read(JsonFields told) {
        var type = told.text("type").orElse("");
        var data = told.object("data");
        var kind = switch (type) {
            case "dimm" -> MemoryDevice.Type.DIMM;
            case "virtio-mem" -> MemoryDevice.Type.VIRTIO_MEM;
            default -> null;
        };
        boolean isDimm = kind == MemoryDevice.Type.DIMM;
        var base = isDimm ? "addr" : "memaddr";
        var id = data.text("id")
                .orElseGet(() -> data.has(base) ? type + "@" + data.number(base, 0, QmpReplies.MOST_BYTES) : type);
        if (kind == null) {
            others.add(id);
            warnings.add(GuestImport.Warning.ofOtherDevice(id, type));
            return;
        }
        if (id.isEmpty() || id.length() > MemoryDevice.MAX_ID_LENGTH) {
            throw data.invalid("id", "an id has 1 to %d characters".formatted(MemoryDevice.MAX_ID_LENGTH));
        }
        long size = data.number("size", 0, QmpReplies.MOST_BYTES);
        known.add(InvalidField.reading(
                "replies/query-memory-devices",
                () -> new DeviceMemory(
                        new MemoryDevice(
                                kind,
                                id,
                                isDimm && data.has("slot") ? (int) data.number("slot", 0, 255) : null,
                                data.has("node") ? (int) data.number("node", 0, 1023) : null),
                        isDimm ? size : data.number("max-size", 1, QmpReplies.MOST_BYTES),
                        data.number(base, 0, QmpReplies.MOST_BYTES),
                        size)));
    }
}
