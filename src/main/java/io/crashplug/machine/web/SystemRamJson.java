package io.crashplug.machine.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crashplug.machine.InstalledRange;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A range of System RAM on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SystemRam", description = "A range of System RAM as /proc/iomem lists it, both ends inclusive.")
record SystemRamJson(
        HexAddress start,

        @Schema(description = "The last byte. Give either this or sizeBytes.") @Nullable
        HexAddress end,

        @Schema(accessMode = Schema.AccessMode.WRITE_ONLY, description = "Instead of end.", minimum = "1") @Nullable
        Long sizeBytes,

        @Schema(description = "What is behind the range, where known.") @Nullable
        DeviceJson device,

        @Schema(defaultValue = "true", description = "True while any part is online.") @Nullable
        Boolean online,

        @Schema(description = "The parts that are plugged but not online, while others are.") @Nullable
        List<RangeJson> offlineParts) {

    SystemRamJson {
        var range = RangeJson.range(start, end, sizeBytes);
        end = new HexAddress(range.end());
        sizeBytes = null;
        for (var part : InvalidField.items(offlineParts, InstalledRange.MAX_OFFLINE_PARTS, "offlineParts")) {
            if (!range.contains(part.range())) {
                throw new InvalidField("offlineParts", "%s is no part of %s".formatted(part.range(), range));
            }
        }
    }

    static SystemRamJson of(InstalledRange ram) {
        boolean partly = ram.online() && !ram.offlineParts().isEmpty();
        return new SystemRamJson(
                new HexAddress(ram.range().start()),
                new HexAddress(ram.range().end()),
                null,
                DeviceJson.of(ram.device()),
                ram.online(),
                partly ? ram.offlineParts().stream().map(RangeJson::of).toList() : null);
    }

    InstalledRange range() {
        var whole = RangeJson.range(start, end, null);
        if (Boolean.FALSE.equals(online) || offlineParts == null) {
            return InstalledRange.of(whole, !Boolean.FALSE.equals(online), device == null ? null : device.device());
        }
        return InstalledRange.partlyOffline(
                whole, offlineParts.stream().map(RangeJson::range).toList(), device == null ? null : device.device());
    }
}
