package io.crashplug.machine.web;

import io.crashplug.elfcore.KernelText;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where kernel text lies, on the wire. */
@Schema(name = "KernelText", description = "_text to _end")
public record KernelTextJson(
        HexAddress physicalAddress,
        HexAddress virtualAddress,
        @Schema(minimum = "0") Long sizeBytes) {

    public KernelTextJson {
        InvalidField.required(physicalAddress, "physicalAddress");
        InvalidField.required(virtualAddress, "virtualAddress");
        InvalidField.between(0, Long.MAX_VALUE, InvalidField.required(sizeBytes, "sizeBytes"), 0, "sizeBytes");
    }

    static @Nullable KernelTextJson of(@Nullable KernelText text) {
        return text == null
                ? null
                : new KernelTextJson(
                        new HexAddress(text.physicalAddress()),
                        new HexAddress(text.virtualAddress()),
                        text.sizeBytes());
    }

    public KernelText text() {
        return new KernelText(virtualAddress.value(), physicalAddress.value(), sizeBytes);
    }
}
