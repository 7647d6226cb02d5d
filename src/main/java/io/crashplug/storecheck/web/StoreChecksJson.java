package io.crashplug.storecheck.web;

import io.crashplug.storecheck.Check;
import io.crashplug.storecheck.Finding;
import io.crashplug.storecheck.StoreChecks;
import io.crashplug.web.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a page of checks found, as it is answered. */
@Schema(name = "StoreChecks")
record StoreChecksJson(
        @Schema(description = "What is wrong; empty if all is well")
        List<FindingJson> items,

        @Schema(description = "How many machines this page checked")
        int checkedMachines,

        @Schema(description = "Pass it as pageToken to check the machines after these; null after the last one")
        @Nullable
        String nextPageToken) {

    @Schema(name = "StoreFinding")
    record FindingJson(
            UUID machineId,

            @Schema(description = "What the machine is called, or was until it was deleted")
            String name,

            @Schema(description = "Which check failed") Check check,

            @Schema(description = "How, as a sentence with the numbers")
            String detail,

            @Schema(description = "The revision that is concerned; null if none is by itself") @Nullable
            Long revision,

            @Schema(description = "The entry of the history that is concerned; null if none is by itself") @Nullable
            Long sequence) {

        private static FindingJson of(Finding finding) {
            return new FindingJson(
                    finding.machineId(),
                    finding.name(),
                    finding.check(),
                    finding.detail(),
                    finding.revision(),
                    finding.sequence());
        }
    }

    static StoreChecksJson of(StoreChecks.Checked checked) {
        var last = checked.last();
        return new StoreChecksJson(
                checked.findings().stream().map(FindingJson::of).toList(),
                checked.machines(),
                last == null ? null : Page.token(last.toString()));
    }
}
