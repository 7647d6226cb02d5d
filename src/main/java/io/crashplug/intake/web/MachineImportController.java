package io.crashplug.intake.web;

import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.tags.Tag;
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

    private final Imports imports;

    MachineImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ImportsMachine
    ResponseEntity<Imported> create(@RequestBody ImportDocument document) {
        try {
            return imports.of(document::machine);
        } catch (InvalidField e) {
            throw Problem.invalid("/" + e.field(), e.detail()).toException();
        }
    }
}
