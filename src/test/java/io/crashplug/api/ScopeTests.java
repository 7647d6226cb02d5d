package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.security.Role;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** For a principal that is limited to some labels, other machines do not exist. */
class ScopeTests extends SecuredTest {

    private static final Map<String, String> A = Map.of("team", "a");
    private static final Map<String, String> B = Map.of("team", "b");

    private String all;
    private String ofA;

    @BeforeEach
    void makeTokens() {
        all = token(Role.OPERATOR);
        ofA = token(Role.OPERATOR, A);
    }

    private JsonNode make(Map<String, String> labels) {
        var name = newName("scoped");
        var machine = body(post(all, "/machines", machine(name, labels)), 201);
        assertThat(as(all).contentType(ContentType.JSON)
                        .body(Requests.FILE_LOAD)
                        .put("/machines/" + name + "/crash-image")
                        .statusCode())
                .isEqualTo(201);
        body(
                post(
                        all,
                        "/machines/" + name + "/hotplug-events",
                        "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 2}]}"),
                201);
        return machine;
    }

    /** Every operation on a machine answers as if it did not exist, whoever its name or id is known to. */
    @Test
    void anotherMachineIsNotFound() {
        var foreign = make(B);
        var before = body(as(all).get("/machines/" + foreign.get("name").stringValue()), 200);
        var dump = as(all).accept(ContentType.BINARY)
                .get("/machines/" + foreign.get("name").stringValue() + "/elfcorehdr")
                .asByteArray();
        var asked = new ArrayList<String>();
        for (var ref : new String[] {
            foreign.get("id").stringValue(), foreign.get("name").stringValue()
        }) {
            for (var path : OpenApiContract.CHECKED_IN.document().get("paths").properties()) {
                if (!path.getKey().contains("{machine}")) {
                    continue;
                }
                for (var operation : path.getValue().properties()) {
                    var method = Method.valueOf(operation.getKey().toUpperCase(Locale.ROOT));
                    var answer = request(operation.getValue(), dump)
                            .request(
                                    method,
                                    path.getKey()
                                            .replace("/api/v1", "")
                                            .replace("{machine}", ref)
                                            .replaceAll("\\{[a-z]+}", "1"));
                    var what = operation.getValue().get("operationId").stringValue();
                    assertThat(answer.statusCode())
                            .as("%s: %s", what, answer.asString())
                            .isEqualTo(404);
                    assertThat(JSON.readTree(answer.asString()).get("detail").stringValue())
                            .isEqualTo("there is no machine \"%s\"", ref);
                    asked.add(what);
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(30).contains("applyChangeSet", "diffRevisions", "listHotplugEvents");
        assertThat(body(as(all).get("/machines/" + foreign.get("name").stringValue()), 200))
                .isEqualTo(before);
    }

    private io.restassured.specification.RequestSpecification request(JsonNode operation, byte[] dump) {
        var request = as(ofA);
        var contents = operation.path("requestBody").path("content").properties();
        for (var content : contents) {
            var example = content.getValue().get("example");
            request.contentType(content.getKey())
                    .body(example == null ? dump : example.toString().getBytes(StandardCharsets.US_ASCII));
        }
        for (var parameter : operation.path("parameters")) {
            var name = parameter.get("name").stringValue();
            if (parameter.get("in").stringValue().equals("query") && name.equals("from")) {
                request.queryParam(name, 1);
            }
            if (parameter.get("in").stringValue().equals("query") && name.equals("at")) {
                request.queryParam(name, "2030-01-01T00:00:00Z");
            }
        }
        return request;
    }

    @Test
    void listsAndCountsAreOfOnesOwnMachines() {
        var own = make(A);
        make(B);
        make(Map.of());
        var seen =
                body(as(ofA).queryParam("pageSize", 500).get("/machines"), 200).get("items");
        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(
                        machine -> assertThat(machine.get("labels").get("team").stringValue())
                                .isEqualTo("a"));
        assertThat(body(as(ofA).queryParam("name", "scoped").get("/machines"), 200)
                        .get("items"))
                .hasSameSizeAs(seen);
        assertThat(body(as(ofA).queryParam("label", "team=b").get("/machines"), 200)
                        .get("items"))
                .isEmpty();
        var fleet = body(as(ofA).get("/fleet"), 200);
        assertThat(fleet.get("machines").longValue()).isEqualTo(seen.size());
        assertThat(fleet.get("leastRoom"))
                .isNotEmpty()
                .allSatisfy(room ->
                        assertThat(seen.toString()).contains(room.get("id").stringValue()));
        assertThat(body(as(ofA).queryParam("label", "team=b").get("/fleet"), 200)
                        .get("machines")
                        .longValue())
                .isZero();
        assertThat(body(as(all).get("/fleet"), 200).get("machines").longValue()).isGreaterThan(seen.size());
        body(as(ofA).get("/machines/" + own.get("id").stringValue()), 200);
    }

    @Test
    void onesMachinesStayOnesOwn() {
        var made = body(post(ofA, "/machines", machine(newName("scoped"), Map.of("host", "h1"))), 201);
        assertThat(made.get("labels")).hasToString("{\"host\":\"h1\",\"team\":\"a\"}");
        isProblem(post(ofA, "/machines", machine(newName("scoped"), B)), 403, "forbidden");

        var path = "/machines/" + made.get("name").stringValue();
        for (var labels : new String[] {"{\"team\": null}", "{\"team\": \"b\"}", "null"}) {
            var answer = as(ofA).contentType("application/merge-patch+json")
                    .body("{\"labels\": %s}".formatted(labels))
                    .patch(path);
            isProblem(answer, 403, "forbidden");
        }
        var moved = as(ofA).contentType("application/merge-patch+json")
                .body("{\"labels\": {\"host\": \"h2\"}, \"description\": \"moved\"}")
                .patch(path);
        assertThat(body(moved, 200).get("labels")).hasToString("{\"host\":\"h2\",\"team\":\"a\"}");
    }

    @Test
    void aDeletedMachineIsKnownToThoseWithoutALimit() {
        var id = make(A).get("id").stringValue();
        var history = "/machines/" + id + "/hotplug-events";
        body(as(ofA).get(history), 200);
        assertThat(as(ofA).delete("/machines/" + id).statusCode()).isEqualTo(204);
        body(as(all).get(history), 200);
        isProblem(as(ofA).get(history), 404, "not-found");
    }

    /** Also of a machine's end, which it is found by no label after. */
    @Test
    void theFeedIsOfOnesOwnMachines() throws Exception {
        var made = make(A);
        var id = made.get("id").stringValue();
        var own = made.get("name").stringValue();
        var foreign = make(B).get("name").stringValue();
        make(Map.of());
        assertThat(as(ofA).delete("/machines/" + own).statusCode()).isEqualTo(204);
        assertThat(as(all).delete("/machines/" + foreign).statusCode()).isEqualTo(204);
        var heard = new ArrayList<JsonNode>();
        var token = "";
        while (heard.stream().noneMatch(event -> isEndOf(own, event))) {
            var page = body(as(ofA).get("/events?pageSize=500&wait=5s&pageToken=" + token), 200);
            page.get("items").forEach(heard::add);
            token = page.get("nextPageToken").stringValue();
        }
        assertThat(heard)
                .extracting(event -> event.get("subject").stringValue())
                .contains(own)
                .doesNotContain(foreign);
        assertThat(body(as(ofA).get("/events?machine=" + id + "&pageSize=500"), 200)
                        .get("items"))
                .extracting(event -> event.get("type").stringValue())
                .contains("machine.created", "machine.deleted");
        assertThat(body(as(token(Role.VIEWER, B)).get("/events?machine=" + id), 200)
                        .get("items"))
                .isEmpty();
        assertThat(body(as(token(Role.VIEWER, B)).get("/events?machine=" + java.util.UUID.randomUUID()), 200)
                        .get("items"))
                .isEmpty();
        assertThat(body(as(ofA).get("/events?label=team=b&pageSize=500"), 200).get("items"))
                .isEmpty();
        assertThat(body(as(all).get("/events?label=team=b&pageSize=500"), 200).get("items"))
                .isNotEmpty();
    }

    /** A place in the feed would count what happens to others. */
    @Test
    void tokensOfTheFeedTellNothing() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 3; i++) {
            seen.add(body(as(ofA).get("/events?from=newest"), 200)
                    .get("nextPageToken")
                    .stringValue());
        }
        assertThat(seen).hasSize(3);
        assertThat(seen)
                .allSatisfy(
                        token -> assertThat(token).hasSameSizeAs(seen.iterator().next()));
    }

    private static boolean isEndOf(String machine, JsonNode event) {
        return event.get("subject").stringValue().equals(machine)
                && event.get("type").stringValue().equals("machine.deleted");
    }
}
