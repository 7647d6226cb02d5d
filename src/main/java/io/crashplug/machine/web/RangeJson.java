package io.crashplug.machine.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A range of physical memory on the wire. What is sent has an end or a size; what is answered has its end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PhysicalRange", description = "Guest-physical memory, both ends inclusive.")
public record RangeJson(
        HexAddress start,

        @Schema(description = "The last byte. Give either this or sizeBytes.") @Nullable
        HexAddress end,

        @Schema(accessMode = Schema.AccessMode.WRITE_ONLY, description = "Instead of end.", minimum = "1") @Nullable
        Long sizeBytes) {

    public RangeJson {
        var range = range(start, end, sizeBytes);
        end = new HexAddress(range.end());
        sizeBytes = null;
    }

    public static RangeJson of(PhysicalRange range) {
        return new RangeJson(new HexAddress(range.start()), new HexAddress(range.end()), null);
    }

    static @Nullable RangeJson ofNullable(@Nullable PhysicalRange range) {
        return range == null ? null : of(range);
    }

    public PhysicalRange range() {
        return new PhysicalRange(
                start.value(), InvalidField.required(end, "end").value());
    }

    /** The range of a start and either an end or a size. */
    public static PhysicalRange range(@Nullable HexAddress start, @Nullable HexAddress end, @Nullable Long sizeBytes) {
        long first = InvalidField.required(start, "start").value();
        if (end != null && sizeBytes != null) {
            throw new InvalidField("sizeBytes", "a range has either end or sizeBytes, not both");
        }
        if (end != null) {
            long last = end.value();
            return InvalidField.reading("end", () -> new PhysicalRange(first, last));
        }
        if (sizeBytes == null) {
            throw new InvalidField("end", "a range needs either end or sizeBytes");
        }
        long size = sizeBytes;
        return InvalidField.reading("sizeBytes", () -> PhysicalRange.ofSize(first, size));
    }
}
