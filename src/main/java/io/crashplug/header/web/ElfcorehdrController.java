package io.crashplug.header.web;

import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.ReadElfcorehdr;
import io.crashplug.header.ReadelfText;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.DownloadRequest;
import io.crashplug.web.Fails;
import io.crashplug.web.IfNoneMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
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

    private final ReadElfcorehdr elfcorehdr;

    ElfcorehdrController(ReadElfcorehdr elfcorehdr) {
        this.elfcorehdr = elfcorehdr;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getElfcorehdr", summary = SUMMARY)
    @ApiResponse(
            responseCode = "200",
            description = "The header",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", description = "Of the representation", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "It is the one that If-None-Match names")
    ResponseEntity<ElfcorehdrJson> json(
            @PathVariable String machine,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        var header = read(machine);
        return IfNoneMatch.answer(ifNoneMatch, etag(header, "json"), () -> ElfcorehdrJson.of(header));
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getElfcorehdr", summary = SUMMARY)
    @ApiResponse(
            responseCode = "200",
            description = "The header",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", description = "Of the representation", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "It is the one that If-None-Match names")
    ResponseEntity<String> text(
            @PathVariable String machine,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        var header = read(machine);
        return IfNoneMatch.answer(
                ifNoneMatch, etag(header, "text"), () -> ReadelfText.of(ElfcorehdrJson.decoded(header)));
    }

    @Fails(with = ProblemType.RANGE_NOT_SATISFIABLE)
    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "getElfcorehdr", summary = SUMMARY)
    @ApiResponse(
            responseCode = "200",
            description = "The header",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", description = "Of the representation", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "It is the one that If-None-Match names")
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

    /** The JSON also shows the generation, which may change while the bytes do not. */
    private static String etag(Elfcorehdr header, String form) {
        var inForce = header.inForce();
        return inForce == null
                ? "\"none\""
                : "\"%s:%d:%s:%s\"".formatted(form, inForce.revision(), inForce.generation(), inForce.sha256());
    }
}
