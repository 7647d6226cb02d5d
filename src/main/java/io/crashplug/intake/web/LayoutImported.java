package io.crashplug.intake.web;

import io.crashplug.hotplug.web.HotplugEventJson;
import io.crashplug.intake.LayoutImports;
import io.crashplug.machine.Exactness;
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

        @Schema(description = "Of what is known of the machine; no layout changes it")
        Exactness exactness,

        @Schema(description = "Where each part of what is known comes from then")
        List<OriginJson> origins,

        List<Imported.WarningJson> warnings) {

    static LayoutImported of(LayoutImports.Result result, @Nullable HotplugEventJson event) {
        var difference = result.difference();
        return new LayoutImported(
                event != null,
                event,
                result.exactness(),
                OriginJson.of(difference.from()),
                Imported.WarningJson.of(difference.warnings()));
    }
}
