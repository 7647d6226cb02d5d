package io.crashplug.header.web;

import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.ReadRevisions;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.DownloadRequest;
import io.crashplug.web.Fails;
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
class RevisionAtController {

    private final ReadRevisions revisions;

    RevisionAtController(ReadRevisions revisions) {
        this.revisions = revisions;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE, params = "at")
    @Operation(
            operationId = "listRevisions",
            summary = RevisionsController.SUMMARY,
            description = RevisionsController.DESCRIPTION)
    @AnswersHeader
    ResponseEntity<ElfcorehdrJson> json(
            @PathVariable String machine,
            @Parameter(description = "The header that was in force at this time, in the form of a single revision")
                    @RequestParam(required = false)
                    @Nullable
                    Instant at,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.json(inForce(machine, at), ifNoneMatch);
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE, params = "at")
    @Operation(
            operationId = "listRevisions",
            summary = RevisionsController.SUMMARY,
            description = RevisionsController.DESCRIPTION)
    @AnswersHeader
    ResponseEntity<String> text(
            @PathVariable String machine,
            @Parameter(description = "The header that was in force at this time, in the form of a single revision")
                    @RequestParam(required = false)
                    @Nullable
                    Instant at,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.text(inForce(machine, at), ifNoneMatch);
    }

    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE, params = "at")
    @Operation(
            operationId = "listRevisions",
            summary = RevisionsController.SUMMARY,
            description = RevisionsController.DESCRIPTION)
    @Fails(with = ProblemType.RANGE_NOT_SATISFIABLE)
    @AnswersHeader
    @ApiResponse(responseCode = "206", description = "The bytes that Range names", useReturnTypeSchema = true)
    ResponseEntity<Resource> bytes(
            @PathVariable String machine,
            @Parameter(description = "The header that was in force at this time, in the form of a single revision")
                    @RequestParam(required = false)
                    @Nullable
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
        return Extent.named(extent).answer(inForce(machine, at), new DownloadRequest(ifNoneMatch, range, ifRange));
    }

    private Elfcorehdr inForce(String machine, @Nullable Instant at) {
        if (at == null) {
            throw Problem.invalid("at", "at is empty, not a time").toException();
        }
        return revisions.at(new MachineRef(machine), at);
    }
}
