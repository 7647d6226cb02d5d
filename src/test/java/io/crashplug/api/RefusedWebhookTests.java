package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What is no webhook, and where nothing is sent, unless the operator allows it. */
@TestPropertySource(properties = {"crashplug.webhooks.allowed-networks=192.0.2.0/24", "crashplug.webhooks.most=3"})
class RefusedWebhookTests extends ApiTest {

    private static final String PATCH = "application/merge-patch+json";

    @Autowired
    private JdbcClient database;

    private JsonNode refused(String body) {
        return body(post("/webhooks", body), 400).get("errors").get(0);
    }

    private String registered() {
        var name = newName("kept");
        body(post("/webhooks", "{\"name\": \"%s\", \"url\": \"https://192.0.2.7/hook\"}".formatted(name)), 201);
        return name;
    }

    private void delete(String name) {
        assertThat(api().delete("/webhooks/" + name).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.1.2.3:8443/x",
                "https://localhost/",
                "https://localhost./",
                "https://x.LocalHost/",
                "https://[::ffff:0:127.0.0.1]/",
                "https://[5f00::1]/",
                "https://[3fff::1]/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://224.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::127.0.0.1]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[64:ff9b::7f00:1]/"
            })
    void theNetworkOfTheServiceIsNotSentTo(String url) {
        var error = refused("{\"name\": \"x\", \"url\": \"%s\"}".formatted(url));
        assertThat(error.get("pointer").stringValue()).isEqualTo("/url");
        assertThat(error.get("detail").stringValue()).contains("is loopback, private or for a special purpose");
    }

    /** Some read them as addresses, and not all as the same ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "127.1",
                "1.2.3.4.",
                "192.0.2.07",
                "x.0x7f",
                "[fe80::1%25lo]"
            })
    void hostsThatAreNearlyAddressesAreRefused(String host) {
        var error = refused("{\"name\": \"x\", \"url\": \"https://%s/\"}".formatted(host));
        assertThat(error.get("pointer").stringValue()).isEqualTo("/url");
        assertThat(error.get("detail").stringValue())
                .containsAnyOf("is neither a name nor an address", "url is not https with a host");
    }

    @Test
    void otherCharactersAreEncoded() {
        var name = newName("encoded");
        var answer = post("/webhooks", "{\"name\": \"%s\", \"url\": \"https://192.0.2.7/ü?ö=😀\"}".formatted(name));
        assertThat(body(answer, 201).at("/description/url").stringValue())
                .isEqualTo("https://192.0.2.7/%C3%BC?%C3%B6=%F0%9F%98%80");
        delete(name);
    }

    @Test
    void theirEncodedFormIsBounded() {
        var url = "{\"name\": \"x\", \"url\": \"https://192.0.2.7/%s\"}".formatted("é".repeat(400));
        var error = refused(url);
        assertThat(error.get("pointer").stringValue()).isEqualTo("/url");
        assertThat(error.get("detail").stringValue())
                .isEqualTo("url has 2418 characters with all but ASCII encoded, more than 2048");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"url": "https://192.0.2.7/"}                                             | /name     | name is missing
            {"name": "a b", "url": "https://192.0.2.7/"}                              | /name     | a name begins
            {"name": "x"}                                                             | /url      | url is missing
            {"name": "x", "url": "http://192.0.2.7/"}                                 | /url      | url is not https
            {"name": "x", "url": "https:///x"}                                        | /url      | url is not https
            {"name": "x", "url": "https:opaque"}                                      | /url      | url is not https
            {"name": "x", "url": "https://a b/"}                                      | /url      | url is no URL
            {"name": "x", "url": "https://a_b/"}                                      | /url      | url is not https
            {"name": "x", "url": "https://192.0.2.7:65536/"}                          | /url      | url has the port 65536
            {"name": "x", "url": "https://192.0.2.7:0/"}                              | /url      | url has the port 0
            {"name": "x", "url": "https://u:p@192.0.2.7/"}                            | /url      | url has user information
            {"name": "x", "url": "https://192.0.2.7/#x"}                              | /url      | url has user information
            {"name": "x", "url": "https://192.0.2.7/", "types": ["machine.exploded"]} | /types/0  | "machine.exploded" is none of
            {"name": "x", "url": "https://192.0.2.7/", "types": [null]}               | /types/0  | types/0 is missing
            {"name": "x", "url": "https://192.0.2.7/", "labels": {"": "a"}}           | /labels/  | a label's key
            {"name": "x", "url": "https://192.0.2.7/", "from": "middle"}              | /from     | from is oldest or newest
            {"name": "x", "url": "https://192.0.2.7/", "secret": "mine"}              | /secret   | there is no field
            """)
    void whatIsNoWebhook(String request, String pointer, String sentence) {
        var error = refused(request);
        assertThat(error.get("pointer").stringValue()).isEqualTo(pointer);
        assertThat(error.get("detail").stringValue()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "y"}                      | /name     | only url, types, labels and paused
            {"url": null}                      | /url      | url is missing
            {"url": "https://127.0.0.1/"}      | /url      | is loopback
            {"paused": "yes"}                  | /paused   | paused is of another type
            {"types": "machine.created"}       | /types    | types is of another type
            {"types": [7]}                     | /types/0  | "7" is none of
            {"labels": 7}                      | /labels   | labels are an object
            """)
    void whatIsNoChange(String patch, String pointer, String sentence) {
        var name = registered();
        var before = body(api().get("/webhooks/" + name), 200);
        var answer = api().contentType(PATCH).body(patch).patch("/webhooks/" + name);
        var error = body(answer, 400).get("errors").get(0);
        assertThat(error.get("pointer").stringValue()).isEqualTo(pointer);
        assertThat(error.get("detail").stringValue()).contains(sentence);
        assertThat(body(api().get("/webhooks/" + name), 200)).isEqualTo(before);
        delete(name);
    }

    @Test
    void labelsAreMerged() {
        var name = registered();
        api().contentType(PATCH)
                .body("{\"labels\": {\"a\": \"1\", \"b\": \"2\"}}")
                .patch("/webhooks/" + name);
        var after = api().contentType(PATCH)
                .body("{\"labels\": {\"a\": null, \"c\": \"3\"}, \"types\": [\"machine.deleted\"]}")
                .patch("/webhooks/" + name);
        assertThat(body(after, 200).get("labels")).hasToString("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(body(after, 200).get("types")).hasToString("[\"machine.deleted\"]");
        delete(name);
    }

    @Test
    void namesAreUniqueAndTheirNumberIsBounded() {
        var name = registered();
        var taken = post("/webhooks", "{\"name\": \"%s\", \"url\": \"https://192.0.2.7/\"}".formatted(name));
        assertThat(body(taken, 409).get("type").stringValue()).isEqualTo("/problems/webhook-name-taken");
        var second = registered();
        var third = registered();
        var more = post("/webhooks", "{\"name\": \"more\", \"url\": \"https://192.0.2.7/\"}");
        assertThat(body(more, 409).get("type").stringValue()).isEqualTo("/problems/too-many-webhooks");
        var names = new java.util.ArrayList<String>();
        for (JsonNode page = null; page == null || !page.get("nextPageToken").isNull(); ) {
            var request = api().queryParam("pageSize", 1);
            if (page != null) {
                request.queryParam("pageToken", page.get("nextPageToken").stringValue());
            }
            page = body(request.get("/webhooks"), 200);
            page.get("items").forEach(item -> names.add(item.get("name").stringValue()));
        }
        assertThat(names).containsExactlyInAnyOrder(name, second, third);
        names.forEach(this::delete);
    }

    /** As it would be if a name came to stand for another address. */
    @Test
    void theAddressCountsWhenItIsConnectedTo() {
        var name = registered();
        database.sql("update webhook set url = 'https://127.0.0.1:1/' where name = :name")
                .param("name", name)
                .update();
        assertThat(body(api().post("/webhooks/" + name + "/tests"), 200)
                        .get("error")
                        .stringValue())
                .isEqualTo("the address of the host is not allowed");
        delete(name);
    }

    @ParameterizedTest
    @CsvSource({"get, ''", "get, /deliveries", "get, /deliveries/1", "delete, ''", "post, /tests"})
    void whatIsNotThereIsNotFound(String method, String path) {
        assertThat(body(api().request(method, "/webhooks/nobody" + path), 404)
                        .get("detail")
                        .stringValue())
                .isEqualTo("there is no webhook \"nobody\"");
    }

    @Test
    void whatWasNotSentIsNotSentAgain() {
        var name = registered();
        for (var path : new String[] {"/deliveries/1", "/deliveries/1/redeliveries"}) {
            var method = path.endsWith("1") ? "get" : "post";
            assertThat(body(api().request(method, "/webhooks/" + name + path), 404)
                            .get("detail")
                            .stringValue())
                    .isEqualTo("there is no delivery 1 of the webhook \"%s\"", name);
        }
        assertThat(api().get("/webhooks/" + name + "/deliveries?state=LOST").statusCode())
                .isEqualTo(400);
        delete(name);
    }
}
