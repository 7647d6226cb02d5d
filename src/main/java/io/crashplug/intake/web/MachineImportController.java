package io.crashplug.intake.web;

import io.crashplug.intake.GuestImport;
import io.crashplug.limits.AtOnce;
import io.crashplug.limits.Limits;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.RegisterMachine;
import io.crashplug.machine.web.MachineJson;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.crashplug.web.IfMatch;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/machine-imports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "machine-imports", description = "Machines from what guests tell of themselves")
class MachineImportController {

    private final RegisterMachine register;
    private final AtOnce imports;

    MachineImportController(RegisterMachine register, Limits limits) {
        this.register = register;
        this.imports = new AtOnce(limits.importsAtOnce(), "imports");
    }

    /** What an import made. */
    @Schema(name = "MachineImport")
    record Imported(
            MachineJson machine,
            Exactness exactness,

            @Schema(description = "Facts that were not told and have their default")
            List<String> missing,

            List<WarningJson> warnings) {}

    /** Something an operator should know of an import. */
    @Schema(name = "ImportWarning")
    record WarningJson(String code, String detail) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Example("vm-17.guest.json")
    @Fails(
            with = {
                ProblemType.NAME_TAKEN,
                ProblemType.CPU_NOT_POSSIBLE,
                ProblemType.CPU_NOT_PRESENT,
                ProblemType.RANGE_OVERLAP,
                ProblemType.MACHINE_TOO_LARGE,
                ProblemType.TOO_MANY_AT_ONCE
            })
    @Operation(
            operationId = "importMachine",
            summary = "Create a machine from a guest bundle",
            description =
                    "From what integrations/collect-guest.sh prints. The answer tells what was missing and what was assumed.")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            useReturnTypeSchema = true,
            headers = {
                @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")),
                @Header(name = "ETag", description = "The version", schema = @Schema(type = "string"))
            })
    ResponseEntity<Imported> create(@RequestBody GuestBundle bundle) {
        return imports.run(() -> imported(bundle));
    }

    private ResponseEntity<Imported> imported(GuestBundle bundle) {
        var result = result(bundle);
        return register.create(result.machine(), state -> {
            var machine = MachineJson.of(state);
            return ResponseEntity.created(URI.create("/api/v1/machines/" + machine.id()))
                    .eTag(IfMatch.etag(state.machine().version()))
                    .body(new Imported(
                            machine,
                            machine.exactness(),
                            result.missing(),
                            result.warnings().stream()
                                    .map(warning -> new WarningJson(warning.code(), warning.detail()))
                                    .toList()));
        });
    }

    private static GuestImport.Result result(GuestBundle bundle) {
        try {
            return GuestImport.of(bundle.facts());
        } catch (InvalidField e) {
            throw Problem.invalid("/" + e.field(), e.detail()).toException();
        }
    }
}
