package io.crashplug.header.web;

import io.crashplug.header.ReadRevisions;
import io.crashplug.machine.MachineRef;
import io.crashplug.web.Order;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/elfcorehdr/revisions")
@Tag(name = "revisions")
class RevisionsController {

    static final String SUMMARY = "The versions of the elfcorehdr, or the one that was in force at a time";
    static final String DESCRIPTION =
            "Without at, a list, newest first. With at, one header in the forms of a single revision; not-found if none"
                    + " was in force then.";

    private final ReadRevisions revisions;
    private final PageSizes sizes;

    RevisionsController(ReadRevisions revisions, PageSizes sizes) {
        this.revisions = revisions;
        this.sizes = sizes;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE, params = "!at")
    @Operation(operationId = "listRevisions", summary = SUMMARY, description = DESCRIPTION)
    Page<RevisionJson> list(
            @PathVariable String machine,
            @Parameter(schema = @Schema(allowableValues = {"asc", "desc"}), description = "asc for oldest first")
                    @RequestParam(defaultValue = "desc")
                    String order,
            @Parameter(description = "Revisions on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var found = revisions.list(
                new MachineRef(machine), Order.isAscending(order), Page.after(pageToken, Long::valueOf), size + 1);
        return Page.of(found, size, RevisionJson::of, revision -> Long.toString(revision.revision()));
    }
}
