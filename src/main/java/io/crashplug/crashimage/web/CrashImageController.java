package io.crashplug.crashimage.web;

import io.crashplug.crashimage.LoadCrashImage;
import io.crashplug.crashimage.ReadCrashImage;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.Caller;
import io.crashplug.web.DownloadRequest;
import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.crashplug.web.SegmentDownload;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/machines/{machine}/crash-image", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "crash-image", description = "What kexec loaded for a crash")
class CrashImageController {

    private final LoadCrashImage load;
    private final ReadCrashImage read;

    CrashImageController(LoadCrashImage load, ReadCrashImage read) {
        this.load = load;
        this.read = read;
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Example("kexec-file-load.json")
    @Fails(
            with = {
                ProblemType.NO_CRASH_KERNEL,
                ProblemType.INVALID_SEGMENTS,
                ProblemType.ELFCOREHDR_NOT_BUILDABLE,
                ProblemType.MACHINE_BUSY
            })
    @Operation(
            operationId = "loadCrashImage",
            summary = "Load a crash image, in the place of the one that is loaded",
            description = "As kexec_file_load computes its header, or with segments as kexec_load takes them.")
    @ApiResponse(
            responseCode = "201",
            description = "Loaded as the first image",
            useReturnTypeSchema = true,
            headers = @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "Loaded in the place of another", useReturnTypeSchema = true)
    ResponseEntity<CrashImageJson> load(
            @PathVariable String machine, @RequestBody LoadRequest request, @Parameter(hidden = true) Caller caller) {
        return load.load(
                new MachineRef(machine),
                request.loader(),
                caller,
                (loaded, first) -> (first
                                ? ResponseEntity.created(URI.create(
                                        "/api/v1/machines/" + loaded.machine().id() + "/crash-image"))
                                : ResponseEntity.ok())
                        .body(CrashImageJson.of(loaded)));
    }

    @GetMapping
    @Operation(
            operationId = "getCrashImage",
            summary = "Get the loaded crash image",
            description = "How it was loaded, and its segments without their bytes.")
    CrashImageJson get(@PathVariable String machine) {
        return read.read(new MachineRef(machine), CrashImageJson::of);
    }

    @Fails(with = ProblemType.RANGE_NOT_SATISFIABLE)
    @GetMapping(path = "/segments/{index}/content", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            operationId = "getSegmentContent",
            summary = "The bytes of a segment",
            description = "Of the elfcorehdr all memszBytes, as they are now; of others the bufszBytes handed over.")
    @ApiResponse(responseCode = "200", description = "The bytes", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "206", description = "The bytes that Range names", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "304", description = "They are those that If-None-Match names")
    ResponseEntity<Resource> content(
            @PathVariable String machine,
            @PathVariable int index,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            @RequestHeader(name = HttpHeaders.IF_RANGE, required = false) @Nullable String ifRange) {
        return read.content(
                new MachineRef(machine),
                index,
                (loaded, content) -> SegmentDownload.answer(
                        content,
                        "%s-segment-%d.bin".formatted(loaded.machine().name(), index),
                        new DownloadRequest(ifNoneMatch, range, ifRange)));
    }

    @DeleteMapping
    @Fails(with = ProblemType.MACHINE_BUSY)
    @Operation(
            operationId = "unloadCrashImage",
            summary = "Unload the crash image",
            description = "From then on a crash is not dumped. The history keeps the entry, and revisions stay.")
    @ApiResponse(responseCode = "204", description = "Unloaded")
    ResponseEntity<Void> unload(@PathVariable String machine, @Parameter(hidden = true) Caller caller) {
        load.unload(new MachineRef(machine), caller);
        return ResponseEntity.noContent().build();
    }
}
