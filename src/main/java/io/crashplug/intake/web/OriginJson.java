package io.crashplug.intake.web;

import io.crashplug.intake.Origin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;

/** Where a part of what is known comes from. */
@Schema(name = "ImportOrigin")
record OriginJson(
        @Schema(
                allowableValues = {
                    Origin.POSSIBLE_CPUS,
                    Origin.PRESENT_CPUS,
                    Origin.ONLINE_CPUS,
                    Origin.BOOT_MEMORY,
                    Origin.DEVICE_MEMORY,
                    Origin.CRASH_KERNEL,
                    Origin.CRASH_NOTES,
                    Origin.VMCOREINFO,
                    Origin.PAGE_OFFSET,
                    Origin.KERNEL_TEXT,
                    Origin.PROFILE
                })
        String part,

        @Schema(
                allowableValues = {"source", "elfcorehdr", "derived", "default", "before"},
                description =
                        "source: what was imported tells it; elfcorehdr: the header that came with it does; derived: worked"
                                + " out of what was imported; default: not told, so the default; before: not told, so what was known")
        String from) {

    static List<OriginJson> of(List<Origin> origins) {
        return origins.stream()
                .map(origin ->
                        new OriginJson(origin.part(), origin.from().name().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
