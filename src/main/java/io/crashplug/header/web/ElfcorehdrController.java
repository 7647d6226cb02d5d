package io.crashplug.header.web;

import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.ReadElfcorehdr;
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
@RequestMapping("/api/v1/machines/{machine}/elfcorehdr")
@Tag(name = "elfcorehdr", description = "The ELF core header that is in force")
class ElfcorehdrController {

    private static final String SUMMARY = "The elfcorehdr in force: its fields, readelf's text, or its bytes";
    private static final String DESCRIPTION = "Which of them, says Accept.";

    private final ReadElfcorehdr elfcorehdr;

    ElfcorehdrController(ReadElfcorehdr elfcorehdr) {
        this.elfcorehdr = elfcorehdr;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getElfcorehdr", summary = SUMMARY, description = DESCRIPTION)
    @AnswersHeader
    ResponseEntity<ElfcorehdrJson> json(
            @PathVariable String machine,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.json(read(machine), ifNoneMatch);
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getElfcorehdr", summary = SUMMARY, description = DESCRIPTION)
    @AnswersHeader
    ResponseEntity<String> text(
            @PathVariable String machine,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return HeaderAnswers.text(read(machine), ifNoneMatch);
    }

    @Fails(with = ProblemType.RANGE_NOT_SATISFIABLE)
    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "getElfcorehdr", summary = SUMMARY, description = DESCRIPTION)
    @AnswersHeader
    @ApiResponse(responseCode = "206", description = "The bytes that Range names", useReturnTypeSchema = true)
    ResponseEntity<Resource> bytes(
            @PathVariable String machine,
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
        return Extent.named(extent).answer(read(machine), new DownloadRequest(ifNoneMatch, range, ifRange));
    }

    private Elfcorehdr read(String machine) {
        return elfcorehdr.inForce(new MachineRef(machine));
    }
}
