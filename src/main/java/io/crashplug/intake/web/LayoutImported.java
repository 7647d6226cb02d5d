package io.crashplug.intake.web;

import io.crashplug.hotplug.web.HotplugEventJson;
import io.crashplug.intake.LayoutDifference;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a layout's import. */
@Schema(name = "LayoutImport")
record LayoutImported(
        @Schema(description = "Whether the layout was not as the source tells")
        boolean changed,

        @Schema(description = "The change set that made it so, or would; null if there was nothing to change") @Nullable
        HotplugEventJson hotplugEvent,

        @Schema(description = "Where each part of the layout comes from then")
        List<OriginJson> origins,

        List<Imported.WarningJson> warnings) {

    static LayoutImported of(LayoutDifference difference, @Nullable HotplugEventJson event) {
        return new LayoutImported(
                event != null, event, OriginJson.of(difference.from()), Imported.WarningJson.of(difference.warnings()));
    }
}
