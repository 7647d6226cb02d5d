package io.crashplug.intake.web;

import io.crashplug.intake.GuestImport;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.web.MachineJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What an import made. */
@Schema(name = "MachineImport")
record Imported(
        MachineJson machine,
        Exactness exactness,

        @Schema(description = "Facts that were not told and have their default")
        List<String> missing,

        @Schema(description = "Where the parts of what is known come from")
        List<OriginJson> origins,

        List<WarningJson> warnings) {

    /** Something an operator should know of an import. */
    @Schema(name = "ImportWarning")
    record WarningJson(String code, String detail) {

        static List<WarningJson> of(List<GuestImport.Warning> warnings) {
            return warnings.stream()
                    .map(warning -> new WarningJson(warning.code(), warning.detail()))
                    .toList();
        }
    }
}
