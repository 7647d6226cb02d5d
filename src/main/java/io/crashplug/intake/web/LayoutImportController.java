package io.crashplug.intake.web;

import io.crashplug.hotplug.WhenTooLarge;
import io.crashplug.hotplug.web.ChangeSets;
import io.crashplug.hotplug.web.HotplugEventJson;
import io.crashplug.intake.DomainReader;
import io.crashplug.intake.HypervisorLayout;
import io.crashplug.intake.LayoutImports;
import io.crashplug.intake.LayoutSource;
import io.crashplug.intake.LayoutTarget;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.security.Caller;
import io.crashplug.web.IfMatch;
import io.crashplug.web.InvalidField;
import io.crashplug.web.StateChanges;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What a guest or its hypervisor tells, over a machine that exists. */
@RestController
@RequestMapping(path = "/api/v1/machines/{machine}/layout-imports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "layout-imports", description = "Layouts from what guests and their hypervisors tell")
class LayoutImportController {

    private static final String DRY_RUN = "Answer as if, but store nothing";
    private static final String REASON = "Why, in your words; for the history";
    private static final String WHEN_TOO_LARGE = "What has already happened in the guest is kept where left out";

    private final LayoutImports imports;
    private final JsonMapper json;
    private final Imports turns;

    LayoutImportController(LayoutImports imports, JsonMapper json, Imports turns) {
        this.imports = imports;
        this.json = json;
        this.turns = turns;
    }

    /** What is asked for beside the layout. */
    private record Asked(
            String machine,
            boolean dryRun,
            WhenTooLarge whenTooLarge,
            String reason,
            @Nullable String ifMatch,
            Caller caller) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ImportsLayout
    ResponseEntity<LayoutImported> ofDocument(
            @PathVariable String machine,
            @RequestBody ImportDocument document,
            @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
            @Parameter(description = WHEN_TOO_LARGE) @RequestParam(defaultValue = "KEEP_STALE")
                    WhenTooLarge whenTooLarge,
            @Parameter(description = REASON) @RequestParam(defaultValue = "") String reason,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Parameter(hidden = true) Caller caller) {
        return answer(document::layout, new Asked(machine, dryRun, whenTooLarge, reason, ifMatch, caller));
    }

    @PostMapping(consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    @ImportsLayout
    ResponseEntity<LayoutImported> ofText(
            @PathVariable String machine,
            @RequestBody String text,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
            @Parameter(description = WHEN_TOO_LARGE) @RequestParam(defaultValue = "KEEP_STALE")
                    WhenTooLarge whenTooLarge,
            @Parameter(description = REASON) @RequestParam(defaultValue = "") String reason,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Parameter(hidden = true) Caller caller) {
        Supplier<LayoutSource> target = type.getSubtype().equals("xml")
                ? () -> InvalidField.reading("", () -> new HypervisorLayout(DomainReader.read(text)))
                : () -> InvalidField.reading("", () -> LayoutTarget.ofListing(text));
        return answer(target, new Asked(machine, dryRun, whenTooLarge, reason, ifMatch, caller));
    }

    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ImportsLayout
    ResponseEntity<LayoutImported> ofHeader(
            @PathVariable String machine,
            @RequestBody byte[] header,
            @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
            @Parameter(description = WHEN_TOO_LARGE) @RequestParam(defaultValue = "KEEP_STALE")
                    WhenTooLarge whenTooLarge,
            @Parameter(description = REASON) @RequestParam(defaultValue = "") String reason,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Parameter(hidden = true) Caller caller) {
        return answer(
                () -> HeaderImportController.layout(header),
                new Asked(machine, dryRun, whenTooLarge, reason, ifMatch, caller));
    }

    private ResponseEntity<LayoutImported> answer(Supplier<LayoutSource> read, Asked asked) {
        try {
            return turns.inTurn(() -> {
                imports.requireKnown(new MachineRef(asked.machine()));
                var source = read.get();
                return answer(
                        imports.apply(
                                new MachineRef(asked.machine()),
                                source,
                                changes -> ChangeSets.of(
                                        changes, asked.whenTooLarge(), reason(asked.reason(), source), json),
                                asked.dryRun(),
                                IfMatch.of(asked.ifMatch()),
                                asked.caller()),
                        asked.dryRun());
            });
        } catch (InvalidField e) {
            throw Problem.invalid(e.field().isEmpty() ? "" : "/" + e.field(), e.detail())
                    .toException();
        }
    }

    private static String reason(String given, LayoutSource source) {
        return given.isEmpty() ? "import of what %s tells".formatted(source.name()) : given;
    }

    private static ResponseEntity<LayoutImported> answer(LayoutImports.Result result, boolean dryRun) {
        var answer = result.answer().orElse(null);
        if (answer == null) {
            StateChanges.none();
            return ResponseEntity.ok(LayoutImported.of(result, null));
        }
        if (answer.refusal() != null) {
            throw (dryRun
                            ? answer.refusal()
                            : answer.refusal().with("sequence", answer.event().sequence()))
                    .toException();
        }
        var event = answer.event();
        return dryRun
                ? ResponseEntity.ok(LayoutImported.of(result, HotplugEventJson.ofDryRun(event)))
                : ResponseEntity.created(URI.create(
                                "/api/v1/machines/%s/hotplug-events/%d".formatted(event.machineId(), event.sequence())))
                        .body(LayoutImported.of(result, HotplugEventJson.of(event)));
    }
}
