package io.crashplug.diff.web;

import io.crashplug.diff.HeaderDiff;
import io.crashplug.diff.HeaderDiffText;
import io.crashplug.diff.HeaderSide;
import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.ReadRevisions;
import io.crashplug.machine.MachineRef;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/elfcorehdr/diff")
@Tag(name = "revisions")
class DiffController {

    private static final String SUMMARY = "What differs between two versions of the elfcorehdr";
    private static final String DESCRIPTION = "Fields and program headers, not bytes; without to, with the newest.";
    private static final String FROM = "Number of the first revision";
    private static final String TO = "Number of the second one; the newest where left out";

    private final ReadRevisions revisions;

    DiffController(ReadRevisions revisions) {
        this.revisions = revisions;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "diffRevisions", summary = SUMMARY, description = DESCRIPTION)
    HeaderDiffJson json(
            @PathVariable String machine,
            @Parameter(description = FROM) @RequestParam long from,
            @Parameter(description = TO) @RequestParam(required = false) @Nullable Long to) {
        return HeaderDiffJson.of(diff(machine, from, to));
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "diffRevisions", summary = SUMMARY, description = DESCRIPTION)
    String text(
            @PathVariable String machine,
            @Parameter(description = FROM) @RequestParam long from,
            @Parameter(description = TO) @RequestParam(required = false) @Nullable Long to) {
        return HeaderDiffText.of(diff(machine, from, to));
    }

    private HeaderDiff diff(String machine, long from, @Nullable Long to) {
        return revisions.both(
                new MachineRef(machine), from, to, (before, after) -> HeaderDiff.between(side(before), side(after)));
    }

    private static HeaderSide side(Elfcorehdr header) {
        return new HeaderSide(
                header.requireDecoded(), header.bytes().first(header.elfszBytes()), header.descriptions());
    }
}
