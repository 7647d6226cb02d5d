package io.crashplug.fleet.web;

import io.crashplug.fleet.ReadFleet;
import io.crashplug.machine.web.QueryPairs;
import io.crashplug.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/fleet", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "fleet", description = "What holds of all machines together")
class FleetController {

    private static final int MOST_ROOM = 100;

    private final ReadFleet fleet;

    FleetController(ReadFleet fleet) {
        this.fleet = fleet;
    }

    @GetMapping
    @Operation(
            operationId = "getFleet",
            summary = "Machines by condition, those with the least room, those that are stale the longest",
            description =
                    "Of the machines that live, all or those with the labels. Counted by the database from what is"
                            + " stored with each machine; no layout is read, so the cost does not grow with memory or history.")
    @Parameter(
            name = "label",
            in = ParameterIn.QUERY,
            description = "key=value that a machine's labels hold; several must all hold",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "The fleet", useReturnTypeSchema = true)
    FleetJson get(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query,
            @Parameter(
                            description = "How many of the machines with the least room to list",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "10"))
                    @RequestParam(defaultValue = "10")
                    int leastRoom) {
        if (leastRoom < 1 || leastRoom > MOST_ROOM) {
            throw Problem.invalid("leastRoom", "leastRoom is %d, not between 1 and %d".formatted(leastRoom, MOST_ROOM))
                    .toException();
        }
        return FleetJson.of(fleet.read(QueryPairs.labels(query), leastRoom));
    }
}
