package io.crashplug.intake.web;

import io.crashplug.intake.GuestImport;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.RegisterMachine;
import io.crashplug.machine.web.MachineJson;
import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machine-imports")
@Tag(name = "machine-imports", description = "Machines from what guests tell of themselves")
class MachineImportController {

    private final RegisterMachine register;

    MachineImportController(RegisterMachine register) {
        this.register = register;
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

    @PostMapping
    @Operation(operationId = "importMachine", summary = "Create a machine from a guest bundle")
    ResponseEntity<Imported> create(@RequestBody GuestBundle bundle) {
        var result = result(bundle);
        var machine = register.create(result.machine(), MachineJson::of);
        return ResponseEntity.created(URI.create("/api/v1/machines/" + machine.id()))
                .body(new Imported(
                        machine,
                        machine.exactness(),
                        result.missing(),
                        result.warnings().stream()
                                .map(warning -> new WarningJson(warning.code(), warning.detail()))
                                .toList()));
    }

    private static GuestImport.Result result(GuestBundle bundle) {
        try {
            return GuestImport.of(bundle.facts());
        } catch (InvalidField e) {
            throw Problem.invalid("/" + e.field(), e.detail()).toException();
        }
    }
}
