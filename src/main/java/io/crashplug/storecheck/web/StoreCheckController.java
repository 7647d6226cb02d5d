package io.crashplug.storecheck.web;

import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemType;
import io.crashplug.storecheck.StoreChecks;
import io.crashplug.web.Fails;
import io.crashplug.web.LongReads;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/store-checks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "store checks", description = "Whether all that is stored belongs together")
class StoreCheckController {

    private final StoreChecks checks;
    private final PageSizes sizes;
    private final LongReads reads;

    StoreCheckController(StoreChecks checks, LongReads reads, PageSizes sizes) {
        this.checks = checks;
        this.sizes = sizes;
        this.reads = reads;
    }

    @GetMapping
    @Fails(with = {ProblemType.NOT_FOUND, ProblemType.TOO_MANY_AT_ONCE})
    @Operation(
            operationId = "checkStore",
            summary = "Check what is stored of machines, and tell what is wrong",
            description =
                    "Each header is rebuilt from what it was built from; bytes are compared with their digests, the"
                            + " header in force with its revision, the history with itself and the machine. Deleted machines are"
                            + " checked too. Nothing is repaired. A page checks machines, in an order that stays; it"
                            + " lists only what is wrong with them, and may take long where their histories are long.")
    StoreChecksJson check(
            @Parameter(description = "Check just the machine of this id or name")
                    @RequestParam(required = false)
                    @Nullable
                    String machine,
            @Parameter(description = "Machines that a page checks, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var last = Page.after(pageToken, UUID::fromString);
        return StoreChecksJson.of(
                reads.run(() -> machine == null ? checks.after(last, size) : checks.one(new MachineRef(machine))));
    }
}
