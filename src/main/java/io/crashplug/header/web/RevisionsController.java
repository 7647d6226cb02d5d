package io.crashplug.header.web;

import io.crashplug.header.ReadRevisions;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.DownloadRequest;
import io.crashplug.web.Fails;
import io.crashplug.web.Order;
import io.crashplug.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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
@RequestMapping("/api/v1/machines/{machine}/elfcorehdr/revisions")
@Tag(name = "revisions")
class RevisionsController {

    private static final String SUMMARY = "The versions of the elfcorehdr, or the one that was in force at a time";
    private static final String DESCRIPTION =
            "Without at, a list, newest first. With at, one header in the forms of a single revision; not-found if none"
                    + " was in force then.";

    private final ReadRevisions revisions;

    RevisionsController(ReadRevisions revisions) {
        this.revisions = revisions;
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
        int size = Page.size(pageSize);
        var found = revisions.list(
                new MachineRef(machine), Order.isAscending(order), Page.after(pageToken, Long::valueOf), size + 1);
        return Page.of(found, size, RevisionJson::of, revision -> Long.toString(revision.revision()));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE, params = "at")
    @Operation(operationId = "listRevisions", summary = SUMMARY, description = DESCRIPTION)
    @AnswersHeader
    ResponseEntity<ElfcorehdrJson> json(
            @PathVariable String machine,
            @Parameter(description = "The header that was in force at this time, in the form of a single revision")
                    @RequestParam
                    Instant at,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.json(revisions.at(new MachineRef(machine), at), ifNoneMatch);
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE, params = "at")
    @Operation(operationId = "listRevisions", summary = SUMMARY, description = DESCRIPTION)
    @AnswersHeader
    ResponseEntity<String> text(
            @PathVariable String machine,
            @Parameter(description = "The header that was in force at this time, in the form of a single revision")
                    @RequestParam
                    Instant at,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.text(revisions.at(new MachineRef(machine), at), ifNoneMatch);
    }

    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE, params = "at")
    @Operation(operationId = "listRevisions", summary = SUMMARY, description = DESCRIPTION)
    @Fails(with = ProblemType.RANGE_NOT_SATISFIABLE)
    @AnswersHeader
    @ApiResponse(responseCode = "206", description = "The bytes that Range names", useReturnTypeSchema = true)
    ResponseEntity<Resource> bytes(
            @PathVariable String machine,
            @Parameter(description = "The header that was in force at this time, in the form of a single revision")
                    @RequestParam
                    Instant at,
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
                .answer(revisions.at(new MachineRef(machine), at), new DownloadRequest(ifNoneMatch, range, ifRange));
    }
}
