package io.crashplug.header.web;

import io.crashplug.header.ReadRevisions;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.DownloadRequest;
import io.crashplug.web.Fails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/elfcorehdr/revisions/{revision}")
@Tag(name = "revisions", description = "Every version of a machine's elfcorehdr")
class RevisionController {

    private static final String SUMMARY = "A version of the elfcorehdr: its fields, readelf's text, or its bytes";
    private static final String DESCRIPTION = "Kept for ever, also of a deleted machine, under its id.";

    private final ReadRevisions revisions;

    RevisionController(ReadRevisions revisions) {
        this.revisions = revisions;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getRevision", summary = SUMMARY, description = DESCRIPTION)
    @AnswersHeader
    ResponseEntity<ElfcorehdrJson> json(
            @PathVariable String machine,
            @PathVariable long revision,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.json(revisions.of(new MachineRef(machine), revision), ifNoneMatch);
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getRevision", summary = SUMMARY, description = DESCRIPTION)
    @AnswersHeader
    ResponseEntity<String> text(
            @PathVariable String machine,
            @PathVariable long revision,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.text(revisions.of(new MachineRef(machine), revision), ifNoneMatch);
    }

    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "getRevision", summary = SUMMARY, description = DESCRIPTION)
    @Fails(with = ProblemType.RANGE_NOT_SATISFIABLE)
    @AnswersHeader
    @ApiResponse(responseCode = "206", description = "The bytes that Range names", useReturnTypeSchema = true)
    ResponseEntity<Resource> bytes(
            @PathVariable String machine,
            @PathVariable long revision,
            @Parameter(
                            description = "Of the bytes: the header, or the whole segment with its tail",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"header", "segment"}))
                    @RequestParam(defaultValue = "header")
                    String extent,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            @RequestHeader(name = HttpHeaders.IF_RANGE, required = false) @Nullable String ifRange) {
        return Extent.named(extent)
                .answer(
                        revisions.of(new MachineRef(machine), revision),
                        new DownloadRequest(ifNoneMatch, range, ifRange));
    }
}
