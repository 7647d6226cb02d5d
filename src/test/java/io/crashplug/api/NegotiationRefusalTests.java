package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.Method;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods and media types that a resource does not have; the answer names those it has. */
class NegotiationRefusalTests extends RefusalTest {

    private final String machine = newName("media");

    @BeforeEach
    void loadImage() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
    }

    private String path(String path) {
        return path.replace("{m}", machine);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /machines                                  | text/html
            GET    | /machines/{m}                              | application/xml
            GET    | /machines/{m}/crash-image                  | text/plain
            GET    | /machines/{m}/crash-image/segments/0/content | application/json
            GET    | /machines/{m}/hotplug-events               | application/octet-stream
            GET    | /machines/{m}/elfcorehdr                   | image/png
            POST   | /machines                                  | text/plain
            POST   | /machines/{m}/hotplug-events               | text/csv
            POST   | /elfcorehdr-previews                       | text/html
            GET    | /machines/{m}/verifications/1              | application/problem+json
            """)
    void aFormThatIsNotOfferedIsRefused(Method method, String path, String accept) {
        refused(
                () -> {
                    var request = api().accept(accept);
                    return (method == Method.GET
                                    ? request
                                    : request.contentType("application/json").body("{}"))
                            .request(method, path(path));
                },
                406,
                "not-acceptable",
                "The Accept header names none that is offered.");
    }

    @Test
    void theCharsetIsUtf8WhateverIsAskedFor() {
        var answer = api().accept("application/json;charset=utf-16;q=0.5").get(path("/machines/{m}"));
        assertThat(body(answer, 200).get("name").stringValue()).isEqualTo(machine);
        assertThat(answer.contentType()).isEqualTo("application/json");
    }

    @Test
    void aDumpWhoseAnswerNobodyWantsIsNotCompared() {
        refused(
                () -> api().accept("text/html")
                        .contentType("application/octet-stream")
                        .body(segment(machine))
                        .post(path("/machines/{m}/verifications")),
                406,
                "not-acceptable",
                "The Accept header names none that is offered.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /machines                      | text/plain                        | application/json
            POST   | /machines                      | application/xml                   | application/json
            POST   | /machines                      | application/yaml                  | application/json
            POST   | /machine-imports               | application/yaml                  | application/json, text/plain, application/xml, text/xml, application/octet-stream
            PATCH  | /machines/{m}                  | application/json                  | application/merge-patch+json
            PUT    | /machines/{m}/crash-image      | application/octet-stream          | application/json
            POST   | /machines/{m}/hotplug-events   | application/vnd.api+json          | application/json
            POST   | /elfcorehdr-previews           | text/yaml                         | application/json
            POST   | /elfcorehdr-decodings          | application/json                  | application/octet-stream
            """)
    void aBodyOfAnotherTypeIsRefused(Method method, String path, String type, String supported) {
        refused(
                () -> {
                    var answer = api().contentType(type).body("{}".getBytes()).request(method, path(path));
                    assertThat(answer.header(method == Method.PATCH ? "Accept-Patch" : "Accept")
                                    .split(", "))
                            .containsExactlyInAnyOrder(supported.split(", "));
                    return answer;
                },
                415,
                "unsupported-media-type",
                "The Accept header of the answer, for PATCH Accept-Patch, lists those that are.");
    }

    @Test
    void aBodyOfNoTypeIsRefused() {
        refused(
                () -> api().noContentType().body("{}".getBytes()).post("/machines"),
                415,
                "unsupported-media-type",
                "The Accept header of the answer, for PATCH Accept-Patch, lists those that are.");
    }

    @Test
    void aTypeThatIsNoneIsRefused() {
        refused(
                () -> api().header("Content-Type", "json").body("{}".getBytes()).post("/machines"),
                415,
                "unsupported-media-type",
                "The Accept header of the answer, for PATCH Accept-Patch, lists those that are.");
        refused(
                () -> api().header("Accept", "json").get("/machines"),
                406,
                "not-acceptable",
                "The Accept header names none that is offered.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE | /machines                          | GET, POST
            PUT    | /machines/{m}                      | DELETE, GET, PATCH
            POST   | /machines/{m}/crash-image          | DELETE, GET, PUT
            DELETE | /machines/{m}/hotplug-events       | GET, POST
            PATCH  | /machines/{m}/hotplug-events/1     | GET
            DELETE | /machines/{m}/elfcorehdr           | GET
            GET    | /elfcorehdr-decodings              | POST
            GET    | /machine-imports                   | POST
            """)
    void aMethodThatIsNotOfferedIsRefused(Method method, String path, String allowed) {
        refused(
                () -> {
                    var answer = api().request(method, path(path));
                    assertThat(answer.header("Allow").split(",\\s*")).containsExactlyInAnyOrder(allowed.split(", "));
                    return answer;
                },
                405,
                "method-not-allowed",
                "The Allow header lists the methods it has.");
    }
}
