package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.Method;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not stored is not found, in words that name it. */
class UnknownResourceTests extends RefusalTest {

    private final String machine = newName("bare");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
    }

    private Response send(Method method, String path, String machine) {
        var request = api();
        if (method == Method.PUT) {
            request.contentType("application/json").body(Requests.FILE_LOAD);
        } else if (method == Method.POST) {
            request.contentType("application/json").body(text(SmallGuest.addAll(1, 1)));
        } else if (method == Method.PATCH) {
            request.contentType("application/merge-patch+json").body("{\"description\": \"d\"}");
        }
        return request.request(method, "/machines/{machine}" + path, machine);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | ''
            PATCH  | ''
            DELETE | ''
            GET    | /crash-image
            PUT    | /crash-image
            DELETE | /crash-image
            GET    | /crash-image/segments/0/content
            GET    | /hotplug-events
            POST   | /hotplug-events
            POST   | /hotplug-events?dryRun=true
            GET    | /hotplug-events/1
            GET    | /elfcorehdr
            """)
    void anUnknownMachineHasNoResource(Method method, String path) {
        for (var name : new String[] {"no-such", "0188b9f2-7c1e-7a40-8f55-000000000001"}) {
            refused(() -> send(method, path, name), 404, "not-found", "there is no machine \"%s\"".formatted(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..a", "a b", "\u00e4", "*", "%41", "'", "a\"b", "a:b", "~"})
    void anOddNameIsJustUnknown(String name) {
        refused(
                () -> api().get("/machines/{machine}", name),
                404,
                "not-found",
                "there is no machine \"%s\"".formatted(name));
    }

    @Test
    void whatAPathMayNotHoldIsRefused() {
        refused(
                () -> api().get("/machines/{machine}/capacity", "a;b=c"),
                400,
                "invalid-request",
                "the path, the query or a header holds characters that it may not hold");
    }

    @Test
    void aLongNameIsShownShortened() {
        refused(
                () -> api().get("/machines/{machine}", "n".repeat(65)),
                404,
                "not-found",
                "there is no machine \"%s…\"".formatted("n".repeat(64)));
    }

    @Test
    void aDeletedMachineIsGoneUnderItsNameAndItsId() {
        var id = machine(machine).get("id").stringValue();
        assertThat(api().delete("/machines/{machine}", machine).statusCode()).isEqualTo(204);

        for (var ref : new String[] {machine, id}) {
            var sentence = "there is no machine \"%s\"".formatted(ref);
            refused(() -> send(Method.GET, "", ref), 404, "not-found", sentence);
            refused(() -> send(Method.DELETE, "", ref), 404, "not-found", sentence);
            refused(() -> send(Method.POST, "/hotplug-events", ref), 404, "not-found", sentence);
            refused(() -> send(Method.PUT, "/crash-image", ref), 404, "not-found", sentence);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /crash-image                    | no crash image is loaded
            DELETE | /crash-image                    | no crash image is loaded
            GET    | /crash-image/segments/0/content | no crash image is loaded
            GET    | /elfcorehdr                     | no crash image is loaded
            GET    | /hotplug-events/1               | the machine has no hotplug event 1
            GET    | /hotplug-events/-1              | the machine has no hotplug event -1
            """)
    void whatAMachineDoesNotHaveIsNotFound(Method method, String path, String sentence) {
        refused(() -> send(method, path, machine), 404, "not-found", sentence);
    }

    @Test
    void bytesThatNobodyToldAreNotFound() {
        load(
                machine,
                Requests.userspaceLoad(
                        java.util.List.of(), java.util.List.of(Requests.segment(0x6f000000L, 8192, 4096L))));

        refused(
                () -> send(Method.GET, "/crash-image/segments/0/content", machine),
                404,
                "not-found",
                "the bytes of segment 0 are not all known");
        refused(
                () -> send(Method.GET, "/crash-image/segments/1/content", machine),
                404,
                "not-found",
                "the image has no segment 1");
        refused(
                () -> send(Method.GET, "/elfcorehdr", machine),
                404,
                "not-found",
                "unable to locate elfcorehdr segment");
    }

    @Test
    void aPathThatIsNoneIsNotFound() {
        refused(() -> api().get("/guests"), 404, "not-found", "Nothing is stored under this path.");
        refused(() -> root().get("/problems/no-such"), 404, "not-found", "there is no problem type \"no-such\"");
    }
}
