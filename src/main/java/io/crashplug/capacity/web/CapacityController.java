package io.crashplug.capacity.web;

import io.crashplug.capacity.ReadCapacity;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.Fails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/machines/{machine}/capacity", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "capacity", description = "How much a machine can grow before its elfcorehdr meets a limit")
class CapacityController {

    private final ReadCapacity capacity;

    CapacityController(ReadCapacity capacity) {
        this.capacity = capacity;
    }

    @GetMapping
    @Fails(with = ProblemType.ELFCOREHDR_NOT_BUILDABLE)
    @Operation(
            operationId = "getCapacity",
            summary = "How many more memory ranges and CPUs fit",
            description = "Counted for a rebuild of the present layout, in program header slots as the kernel counts"
                    + " them: possible CPUs, vmcoreinfo, kernel text, and the ranges that are left after the"
                    + " exclusions. Three limits: the next page of the header, memsz of its segment, and the 16 bits"
                    + " of e_phnum. The messages say what the figures do not.")
    @ApiResponse(responseCode = "200", description = "The capacity", useReturnTypeSchema = true)
    CapacityJson get(@PathVariable String machine) {
        return capacity.read(new MachineRef(machine), CapacityJson::of);
    }
}
