package io.crashplug.hotplug.web;

import static io.crashplug.problem.ProblemType.CPU_ALREADY_ONLINE;
import static io.crashplug.problem.ProblemType.CPU_ALREADY_PRESENT;
import static io.crashplug.problem.ProblemType.CPU_NOT_ONLINE;
import static io.crashplug.problem.ProblemType.CPU_NOT_POSSIBLE;
import static io.crashplug.problem.ProblemType.CPU_NOT_PRESENT;
import static io.crashplug.problem.ProblemType.ELFCOREHDR_NOT_BUILDABLE;
import static io.crashplug.problem.ProblemType.ELFCOREHDR_TOO_LARGE;
import static io.crashplug.problem.ProblemType.MACHINE_BUSY;
import static io.crashplug.problem.ProblemType.MACHINE_TOO_LARGE;
import static io.crashplug.problem.ProblemType.PRECONDITION_FAILED;
import static io.crashplug.problem.ProblemType.RANGE_ALREADY_ONLINE;
import static io.crashplug.problem.ProblemType.RANGE_NOT_ONLINE;
import static io.crashplug.problem.ProblemType.RANGE_NOT_PRESENT;
import static io.crashplug.problem.ProblemType.RANGE_OVERLAP;

import io.crashplug.hotplug.Action;
import io.crashplug.hotplug.History;
import io.crashplug.hotplug.HistoryFilter;
import io.crashplug.hotplug.Hotplug;
import io.crashplug.hotplug.HotplugEvent;
import io.crashplug.hotplug.Outcome;
import io.crashplug.machine.MachineRef;
import io.crashplug.security.Caller;
import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.crashplug.web.IfMatch;
import io.crashplug.web.Order;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(path = "/api/v1/machines/{machine}/hotplug-events", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "hotplug-events", description = "The command that changes a layout, and the history of all that did")
class HotplugController {

    private final Hotplug hotplug;
    private final PageSizes sizes;
    private final History history;
    private final JsonMapper json;

    HotplugController(Hotplug hotplug, History history, JsonMapper json, PageSizes sizes) {
        this.hotplug = hotplug;
        this.sizes = sizes;
        this.history = history;
        this.json = json;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Example("add-dimm.json")
    @Fails(
            with = {
                ELFCOREHDR_TOO_LARGE,
                PRECONDITION_FAILED,
                CPU_NOT_POSSIBLE,
                CPU_ALREADY_PRESENT,
                CPU_NOT_PRESENT,
                CPU_NOT_ONLINE,
                CPU_ALREADY_ONLINE,
                RANGE_OVERLAP,
                RANGE_NOT_PRESENT,
                RANGE_NOT_ONLINE,
                RANGE_ALREADY_ONLINE,
                ELFCOREHDR_NOT_BUILDABLE,
                MACHINE_TOO_LARGE,
                MACHINE_BUSY
            })
    @Operation(
            operationId = "applyChangeSet",
            summary = "Carry out a change set",
            description = "All changes happen together or not at all, followed by at most one rebuild of the header.")
    @ApiResponse(
            responseCode = "201",
            description = "Carried out; see the outcome",
            useReturnTypeSchema = true,
            headers = @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "What would come of it", useReturnTypeSchema = true)
    ResponseEntity<HotplugEventJson> apply(
            @PathVariable String machine,
            @RequestBody ChangeSetRequest request,
            @Parameter(description = "Answer as if, but store nothing") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Parameter(hidden = true) Caller caller) {
        var ref = new MachineRef(machine);
        var set = request.set(json);
        if (dryRun) {
            var answer = hotplug.dryRun(ref, set, IfMatch.of(ifMatch), caller);
            if (answer.refusal() != null) {
                throw answer.refusal().toException();
            }
            return ResponseEntity.ok(HotplugEventJson.ofDryRun(answer.event()));
        }
        var answer = hotplug.apply(ref, set, IfMatch.of(ifMatch), caller);
        if (answer.refusal() != null) {
            throw answer.refusal().with("sequence", answer.event().sequence()).toException();
        }
        var event = answer.event();
        return ResponseEntity.created(URI.create(
                        "/api/v1/machines/%s/hotplug-events/%d".formatted(event.machineId(), event.sequence())))
                .body(HotplugEventJson.of(event));
    }

    @GetMapping
    @Operation(
            operationId = "listHotplugEvents",
            summary = "The history of a machine, newest first",
            description = "Also of a deleted machine, under its id.")
    Page<HotplugEventJson> list(
            @PathVariable String machine,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @Parameter(description = "Events with at least one such change") @RequestParam(required = false) @Nullable
                    Action action,
            @RequestParam(required = false) @Nullable String actor,
            @Parameter(description = "The earliest time, inclusive") @RequestParam(required = false) @Nullable
                    Instant since,
            @Parameter(description = "The latest time, exclusive") @RequestParam(required = false) @Nullable
                    Instant until,
            @Parameter(schema = @Schema(allowableValues = {"asc", "desc"}), description = "asc for oldest first")
                    @RequestParam(defaultValue = "desc")
                    String order,
            @Parameter(description = "Events on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var filter = new HistoryFilter(
                outcome,
                action,
                actor == null ? null : Page.searched(actor, "actor"),
                since,
                until,
                Order.isAscending(order));
        var found = history.list(new MachineRef(machine), filter, Page.after(pageToken, Long::valueOf), size + 1);
        return Page.of(found, size, HotplugEventJson::of, event -> Long.toString(event.sequence()));
    }

    @GetMapping("/{sequence}")
    @Operation(
            operationId = "getHotplugEvent",
            summary = "One entry of the history",
            description = "Also of a deleted machine, under its id.")
    HotplugEventJson get(@PathVariable String machine, @PathVariable long sequence) {
        HotplugEvent event = history.entry(new MachineRef(machine), sequence);
        return HotplugEventJson.of(event);
    }
}
