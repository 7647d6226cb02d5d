package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If-Match names the versions of a machine that may be changed; {@code #} stands for the present one below. */
class IfMatchTests extends RefusalTest {

    private final String machine = newName("match");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
    }

    private String version() {
        return api().get("/machines/{machine}", machine).header("ETag").replace("\"", "");
    }

    private RequestSpecification given(String header) {
        return api().header("If-Match", header.replace("#", version()));
    }

    private Response hotplug(String header, boolean dryRun) {
        return given(header)
                .contentType("application/json")
                .queryParam("dryRun", dryRun)
                .body(text(SmallGuest.addAll(1, 1)))
                .post("/machines/{machine}/hotplug-events", machine);
    }

    private Response patch(String header) {
        return given(header)
                .contentType("application/merge-patch+json")
                .body("{\"description\": \"d\"}")
                .patch("/machines/{machine}", machine);
    }

    private Response delete(String header) {
        return given(header).delete("/machines/{machine}", machine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"#\"", "*", " * ", "\"0\", \"#\"", "\"#\",\"0\"", "W/\"#\", \"#\""})
    void theVersionThatIsNamedIsChanged(String header) {
        assertThat(hotplug(header, true).statusCode()).isEqualTo(200);
        assertThat(hotplug(header, false).statusCode()).isEqualTo(201);
        assertThat(patch(header).statusCode()).isEqualTo(200);
        assertThat(delete(header).statusCode()).isEqualTo(204);
    }

    @Test
    void twoHeadersAreOneList() {
        var version = version();
        var answer = api().header("If-Match", "\"0\"")
                .header("If-Match", "\"" + version + "\"")
                .delete("/machines/{machine}", machine);
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    /** Other versions, weak tags, and what is no tag. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"0\"",
                "\"0\", \"1000\"",
                "W/\"#\"",
                "w/\"#\"",
                "#",
                "'#'",
                "\"#",
                "\"*\"",
                "\"\"",
                "\"#0\"",
                ""
            })
    void anyOtherVersionStays(String header) {
        var version = version();
        var sentence = "the machine is at version %s, which If-Match does not name".formatted(version);

        var problem = refusedAndKept(() -> hotplug(header, false), 412, "precondition-failed", sentence);
        assertThat(problem.get("version").toString()).isEqualTo(version);
        stays(() -> hotplug(header, true), sentence);
        stays(() -> patch(header), sentence);
        stays(() -> delete(header), sentence);
        assertThat(version()).isEqualTo(version);
    }

    private void stays(Supplier<Response> request, String sentence) {
        refused(request, 412, "precondition-failed", sentence);
    }

    @Test
    void aSetThatIsMalformedIsSoBeforeItsVersionIsLookedAt() {
        invalid(
                () -> given("\"0\"")
                        .contentType("application/json")
                        .body("{\"changes\": []}")
                        .post("/machines/{machine}/hotplug-events", machine),
                "/changes",
                "a change set has at least one change");
    }

    /** The version is checked before the changes are. */
    @Test
    void aStaleSetIsStaleAlsoWhereItIsImpossible() {
        refusedAndKept(
                () -> given("\"0\"")
                        .contentType("application/json")
                        .body(text(SmallGuest.addAll(0, 1)))
                        .post("/machines/{machine}/hotplug-events", machine),
                412,
                "precondition-failed",
                "the machine is at version %s, which If-Match does not name".formatted(version()));
    }
}
