package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document keeps what the last committed one promised, but for what is broken on purpose. */
class BreakingChangesTests {

    private static final Path ACCEPTED = Path.of("openapi/accepted-breaks.txt");

    private static String git(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        var git = ExternalTool.run(Path.of(""), command);
        if (git.status() != 0) {
            var sentence = "there is no commit here, so the OpenAPI document is not compared with the last one";
            System.err.println(sentence);
            abort(sentence);
        }
        return git.said();
    }

    /** The last committed one, or the one before it where that is the one at hand. */
    private static String before() throws IOException, InterruptedException {
        var file = OpenApiContract.FILE.toString();
        var committed = git("show", "HEAD:" + file);
        if (!committed.equals(Files.readString(OpenApiContract.FILE))) {
            return committed;
        }
        var commits = git("log", "-2", "--format=%H", "--", file).lines().toList();
        return git("show", commits.get(commits.size() - 1) + ":" + file);
    }

    @Test
    void nothingIsBrokenButOnPurpose() throws IOException, InterruptedException {
        var accepted = new TreeSet<>(Files.readAllLines(ACCEPTED).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList());
        assertThat(BreakingChanges.between(OpenApiContract.parse(before()), OpenApiContract.CHECKED_IN.document()))
                .as("lines of %s, which names nothing that is not broken", ACCEPTED)
                .isEqualTo(accepted);
    }

    static Stream<Arguments> breaks() {
        var hotplug = "POST /api/v1/machines/{machine}/hotplug-events";
        return Stream.of(
                breaks(
                        "an operation goes",
                        document -> at(document, "/paths").remove("/api/v1/fleet"),
                        "GET /api/v1/fleet"),
                breaks(
                        "an answer's field goes",
                        document -> at(document, "/components/schemas/Fleet/properties")
                                .remove("leastRoom"),
                        "Fleet.leastRoom"),
                breaks(
                        "a request's field goes",
                        document -> at(document, "/components/schemas/ChangeSet/properties")
                                .remove("reason"),
                        "ChangeSet.reason"),
                breaks(
                        "a field becomes required",
                        document -> ((ArrayNode) document.at("/components/schemas/ChangeSet/required")).add("reason"),
                        hotplug),
                breaks(
                        "a type changes",
                        document -> at(document, "/components/schemas/ChangeSet/properties/reason")
                                .putArray("type")
                                .add("integer")
                                .add("null"),
                        hotplug),
                breaks(
                        "a value may no longer be sent",
                        document -> ((ArrayNode)
                                        document.at("/components/schemas/ChangeSet/properties/whenTooLarge/enum"))
                                .remove(0),
                        hotplug),
                breaks(
                        "a parameter goes",
                        document -> ((ArrayNode) document.at("/paths/~1api~1v1~1fleet/get/parameters")).remove(0),
                        "GET /api/v1/fleet"),
                breaks(
                        "a status goes",
                        document -> at(document, "/paths/~1api~1v1~1fleet/get/responses")
                                .remove("200"),
                        "GET /api/v1/fleet"));
    }

    private static Arguments breaks(String what, Consumer<JsonNode> change, String broken) {
        return arguments(what, change, broken);
    }

    private static ObjectNode at(JsonNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }

    private static TreeSet<String> after(Consumer<JsonNode> change) {
        var changed = OpenApiContract.CHECKED_IN.document().deepCopy();
        change.accept(changed);
        return new TreeSet<>(BreakingChanges.between(OpenApiContract.CHECKED_IN.document(), changed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    void isNoticed(String what, Consumer<JsonNode> change, String broken) {
        assertThat(after(change)).as(what).contains(broken);
    }

    @Test
    void whatIsNewBreaksNothing() {
        assertThat(after(document -> {
                    at(document, "/components/schemas/ChangeSet/properties")
                            .putObject("more")
                            .put("type", "string");
                    at(document, "/components/schemas/Fleet/properties")
                            .putObject("more")
                            .put("type", "string");
                    at(document, "/paths").set("/api/v1/more", document.at("/paths/~1api~1v1~1fleet"));
                }))
                .isEmpty();
    }
}
