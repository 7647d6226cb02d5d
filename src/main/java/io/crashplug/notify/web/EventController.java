package io.crashplug.notify.web;

import static io.crashplug.problem.ProblemType.EVENTS_GONE;
import static io.crashplug.problem.ProblemType.NOT_FOUND;
import static io.crashplug.problem.ProblemType.TOO_MANY_AT_ONCE;

import io.crashplug.machine.FindMachines;
import io.crashplug.machine.MachineRef;
import io.crashplug.machine.web.QueryPairs;
import io.crashplug.notify.EventFeed;
import io.crashplug.notify.FeedFilter;
import io.crashplug.notify.FeedTokens;
import io.crashplug.problem.Problem;
import io.crashplug.web.Fails;
import io.crashplug.web.InvalidField;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/events", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "events", description = "What happened to machines, for those who follow it")
class EventController {

    private final EventFeed feed;
    private final FeedTokens tokens;
    private final FindMachines machines;
    private final PageSizes sizes;

    EventController(EventFeed feed, FeedTokens tokens, FindMachines machines, PageSizes sizes) {
        this.feed = feed;
        this.tokens = tokens;
        this.machines = machines;
        this.sizes = sizes;
    }

    @GetMapping
    @Fails(with = {NOT_FOUND, EVENTS_GONE, TOO_MANY_AT_ONCE})
    @Operation(
            operationId = "listEvents",
            summary = "Follow what happens to machines",
            description =
                    "One feed of CloudEvents, oldest first: those of a machine in the order in which its changes were"
                            + " committed, numbered without a gap. nextPageToken continues behind this page and is never"
                            + " null; a page may be short or empty though others follow. Only of machines within the"
                            + " principal's labels.")
    @Parameter(
            name = "label",
            in = ParameterIn.QUERY,
            description = "key=value that the machine's labels hold now, or held when it was deleted; several must all"
                    + " hold",
            array = @ArraySchema(schema = @Schema(type = "string")))
    EventPageJson list(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query,
            @Parameter(description = "Only events of these types, with commas between or repeated")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> type,
            @Parameter(description = "Only events of this machine, by its id, or by the name that it has now")
                    @RequestParam(required = false)
                    @Nullable
                    String machine,
            @Parameter(
                            description =
                                    "Where to begin without a pageToken: oldest with all that is kept, newest with"
                                            + " what happens from now on",
                            schema = @Schema(allowableValues = {"oldest", "newest"}))
                    @RequestParam(defaultValue = "oldest")
                    String from,
            @Parameter(description = "How long to wait while there is nothing to tell, up to 60s, as 30s")
                    @RequestParam(defaultValue = "0s")
                    String wait,
            @Parameter(description = "Events on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        var filter = new FeedFilter(
                EventQuery.types(type),
                machine == null ? null : machines.idOf(new MachineRef(machine)),
                QueryPairs.labels(query));
        var after = Page.after(pageToken, tokens::position);
        if (after == null && !fromOldest(from)) {
            after = feed.end();
        }
        var page = feed.read(after, filter, sizes.of(pageSize), Waits.of(wait));
        return EventPageJson.of(page, tokens.of(page.next()));
    }

    private static boolean fromOldest(String from) {
        try {
            return WebhookFields.fromOldest(from);
        } catch (InvalidField e) {
            throw Problem.invalid(e.field(), e.detail()).toException();
        }
    }
}
