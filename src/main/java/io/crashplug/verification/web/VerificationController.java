package io.crashplug.verification.web;

import static io.crashplug.problem.ProblemType.INVALID_REQUEST;
import static io.crashplug.problem.ProblemType.MACHINE_BUSY;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.security.Caller;
import io.crashplug.verification.Dump;
import io.crashplug.verification.ReadVerifications;
import io.crashplug.verification.Verify;
import io.crashplug.web.Fails;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/machines/{machine}/verifications", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "verifications", description = "Bytes dumped from a guest, compared with what is held of its header")
class VerificationController {

    private final Verify verify;
    private final PageSizes sizes;
    private final ReadVerifications verifications;

    VerificationController(Verify verify, ReadVerifications verifications, PageSizes sizes) {
        this.verify = verify;
        this.sizes = sizes;
        this.verifications = verifications;
    }

    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Fails(with = {INVALID_REQUEST, MACHINE_BUSY})
    @Operation(
            operationId = "verify",
            summary = "Compare bytes dumped from the guest with the header in force",
            description =
                    "The header, its whole segment, or the first bytes of a vmcore. Tells which revision they equal,"
                            + " or which one is nearest and why they differ. What was found is kept, the bytes are not.")
    @ApiResponse(
            responseCode = "201",
            description = "Compared; see the reasons",
            useReturnTypeSchema = true,
            headers = @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")))
    ResponseEntity<VerificationJson> verify(
            @PathVariable String machine, @RequestBody byte[] dump, @Parameter(hidden = true) Caller caller) {
        var verification = verify.verify(new MachineRef(machine), dump(dump), caller);
        return ResponseEntity.created(URI.create("/api/v1/machines/%s/verifications/%d"
                        .formatted(verification.machineId(), verification.sequence())))
                .body(VerificationJson.of(verification));
    }

    private static Dump dump(byte[] bytes) {
        try {
            return Dump.parse(HeaderBytes.of(bytes));
        } catch (NotAnElfCoreHeader e) {
            throw Problem.of(INVALID_REQUEST, e.detail()).toException();
        }
    }

    @GetMapping
    @Operation(
            operationId = "listVerifications",
            summary = "What verifications found, newest first",
            description = "Also of a deleted machine, under its id.")
    Page<VerificationJson> list(
            @PathVariable String machine,
            @Parameter(description = "Verifications on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var found = verifications.list(new MachineRef(machine), Page.after(pageToken, Long::valueOf), size + 1);
        return Page.of(found, size, VerificationJson::of, one -> Long.toString(one.sequence()));
    }

    @GetMapping("/{sequence}")
    @Operation(
            operationId = "getVerification",
            summary = "What one verification found",
            description = "Also of a deleted machine, under its id.")
    VerificationJson get(@PathVariable String machine, @PathVariable long sequence) {
        return VerificationJson.of(verifications.of(new MachineRef(machine), sequence));
    }
}
