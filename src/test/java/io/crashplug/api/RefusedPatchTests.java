package io.crashplug.api;

import io.restassured.response.Response;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Patches of what cannot be patched, and names that are taken. */
class RefusedPatchTests extends RefusalTest {

    private final String machine = newName("patch");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
    }

    private Response patch(String body) {
        return api().contentType("application/merge-patch+json").body(body).patch("/machines/{machine}", machine);
    }

    static Stream<Arguments> patches() {
        return Stream.of(
                row(
                        "{\"generation\": 7}",
                        "/generation",
                        "only name, labels and description can be patched, not \"generation\""),
                row("{\"a/b~\": null}", "/a~1b~0", "only name, labels and description can be patched, not \"a/b~\""),
                row("{\"name\": null}", "/name", "name is missing"),
                row("{\"name\": 7}", "/name", "name is text"),
                row(
                        "{\"name\": \"a/b\"}",
                        "/name",
                        "a name begins with a letter or digit, has up to 63 letters, digits, dots, underscores and hyphens, and is not a UUID"),
                row("{\"description\": []}", "/description", "description is text"),
                row(
                        "{\"description\": \"%s\"}".formatted("d".repeat(4097)),
                        "/description",
                        "description has 4097 characters, more than 4096"),
                row("{\"labels\": [\"k\"]}", "/labels", "labels are an object of texts"),
                row("{\"labels\": {\"a/b\": 7}}", "/labels/a~1b", "a label's value is text"),
                row("{\"labels\": {\"\": \"v\"}}", "/labels/", "a label's key is not empty and holds no \"=\""),
                row(
                        "{\"labels\": {\"k\": \"%s\"}}".formatted("v".repeat(256)),
                        "/labels/k",
                        "labels/k has 256 characters, more than 255"),
                row(
                        "{\"name\": \"a\", \"name\": \"b\"}",
                        "",
                        "not JSON at line 1, column 21: Duplicate Object property \"name\""),
                row("[]", "", "the value is not an object"),
                row(
                        "{",
                        "",
                        "not JSON at line 1, column 2: Unexpected end-of-input: expected close marker for Object"));
    }

    @ParameterizedTest
    @MethodSource("patches")
    void whatCannotBePatchedIsRefusedWithItsPlace(String body, String pointer, String sentence) {
        invalid(() -> patch(body), pointer, sentence);
    }

    @Test
    void aNameBelongsToOneMachine() {
        var other = newName("patch");
        create(SmallGuest.text(other, "RFC_V2", SmallGuest.ONE_PAGE));
        var sentence = "a machine is called \"%s\" already".formatted(other);

        refused(() -> patch("{\"name\": \"%s\"}".formatted(other)), 409, "name-taken", sentence);
        refused(
                () -> post("/machines", SmallGuest.text(other, "LINUX_6_9", SmallGuest.LARGE)),
                409,
                "name-taken",
                sentence);
    }
}
