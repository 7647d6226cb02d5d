package io.crashplug.machine.web;

import static io.crashplug.problem.ProblemType.CPU_NOT_POSSIBLE;
import static io.crashplug.problem.ProblemType.CPU_NOT_PRESENT;
import static io.crashplug.problem.ProblemType.MACHINE_BUSY;
import static io.crashplug.problem.ProblemType.MACHINE_TOO_LARGE;
import static io.crashplug.problem.ProblemType.NAME_TAKEN;
import static io.crashplug.problem.ProblemType.NOT_FOUND;
import static io.crashplug.problem.ProblemType.PRECONDITION_FAILED;
import static io.crashplug.problem.ProblemType.RANGE_OVERLAP;

import io.crashplug.machine.FindMachines;
import io.crashplug.machine.MachineFilter;
import io.crashplug.machine.MachineRef;
import io.crashplug.machine.MachineState;
import io.crashplug.machine.RegisterMachine;
import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.crashplug.web.IfMatch;
import io.crashplug.web.IfNoneMatch;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.crashplug.web.StateChanges;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/machines", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "machines", description = "Virtual machines and the layout of their CPUs and memory")
class MachineController {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final RegisterMachine register;
    private final PageSizes sizes;
    private final FindMachines find;

    MachineController(RegisterMachine register, FindMachines find, PageSizes sizes) {
        this.register = register;
        this.sizes = sizes;
        this.find = find;
    }

    /** A machine with the version that its ETag shows. */
    private record Versioned(MachineJson machine, long version) {

        static Versioned of(MachineState state) {
            return new Versioned(MachineJson.of(state), state.machine().version());
        }

        ResponseEntity<MachineJson> answer(ResponseEntity.BodyBuilder response) {
            return response.eTag(IfMatch.etag(version)).body(machine);
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Example("vm-18.machine.json")
    @Fails(with = {NAME_TAKEN, CPU_NOT_POSSIBLE, CPU_NOT_PRESENT, RANGE_OVERLAP, MACHINE_TOO_LARGE})
    @Operation(
            operationId = "createMachine",
            summary = "Create a machine",
            description = "From facts that are known already. No crash image is loaded yet.")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            useReturnTypeSchema = true,
            headers = {
                @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")),
                @Header(name = "ETag", description = "The version", schema = @Schema(type = "string"))
            })
    ResponseEntity<MachineJson> create(@RequestBody MachineRequest request) {
        var created = register.create(request.facts(), Versioned::of);
        return created.answer(ResponseEntity.created(
                URI.create("/api/v1/machines/" + created.machine().id())));
    }

    @GetMapping
    @Operation(
            operationId = "listMachines",
            summary = "List machines in the order they were created",
            description =
                    "Those that are not deleted, and within the principal's labels. Several filters must all hold.")
    @Parameter(
            name = "label",
            in = ParameterIn.QUERY,
            description = "key=value that a machine's labels hold; several must all hold",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(
            name = "condition",
            in = ParameterIn.QUERY,
            description = "type=status or type=status:reason that a machine's conditions hold, as KdumpReady=False or"
                    + " HeaderCurrent=False:KernelRemovalLag; several must all hold",
            array = @ArraySchema(schema = @Schema(type = "string")))
    Page<MachineJson> list(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query,
            @Parameter(description = "How the name begins") @RequestParam(defaultValue = "") String name,
            @Parameter(description = "Machines on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var filter = new MachineFilter(QueryPairs.labels(query), ConditionQuery.of(query), Page.searched(name, "name"));
        var found = find.list(filter, Page.after(pageToken, UUID::fromString), size, MachineJson::of);
        return Page.of(found.items(), found.next());
    }

    @GetMapping("/{machine}")
    @Fails(with = NOT_FOUND)
    @Operation(
            operationId = "getMachine",
            summary = "Get a machine by id or name",
            description = "Its layout, its conditions, and the crash image in short. The ETag is its version.")
    @ApiResponse(
            responseCode = "200",
            description = "The machine",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", description = "The version", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "It is the version that If-None-Match names")
    ResponseEntity<MachineJson> get(
            @PathVariable String machine,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        var found = find.read(new MachineRef(machine), Versioned::of);
        return IfNoneMatch.answer(ifNoneMatch, IfMatch.etag(found.version()), found::machine);
    }

    @Example("describe.json")
    @Fails(with = {NOT_FOUND, NAME_TAKEN, PRECONDITION_FAILED, MACHINE_BUSY})
    @PatchMapping(path = "/{machine}", consumes = MERGE_PATCH)
    @Operation(
            operationId = "patchMachine",
            summary = "Change name, labels or description",
            description = "As RFC 7396 merges; null takes a label or the description away.")
    @ApiResponse(
            responseCode = "200",
            description = "The machine",
            useReturnTypeSchema = true,
            headers = @Header(name = "ETag", description = "The version", schema = @Schema(type = "string")))
    ResponseEntity<MachineJson> patch(
            @PathVariable String machine,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = MachinePatch.Document.class)))
                    @RequestBody
                    Map<String, @Nullable Object> patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var before = new AtomicLong();
        var after = register.describe(
                new MachineRef(machine),
                present -> {
                    before.set(present.version());
                    return MachinePatch.of(patch, present.labels());
                },
                IfMatch.of(ifMatch),
                Versioned::of);
        if (after.version() == before.get()) {
            StateChanges.none();
        }
        return after.answer(ResponseEntity.ok());
    }

    @DeleteMapping("/{machine}")
    @Fails(with = {NOT_FOUND, PRECONDITION_FAILED, MACHINE_BUSY})
    @Operation(
            operationId = "deleteMachine",
            summary = "Delete a machine",
            description = "The name is free again; the history stays readable under the id.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> delete(
            @PathVariable String machine,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        register.delete(new MachineRef(machine), IfMatch.of(ifMatch));
        return ResponseEntity.noContent().build();
    }
}
