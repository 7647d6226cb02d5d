package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.notify.EventType;
import io.crashplug.notify.FeedTokens;
import io.crashplug.web.Page;
import io.restassured.http.ContentType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What the feed tells of one machine. */
class EventsTests extends ApiTest {

    private static final String ADD_CPU = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 4}]}";

    @Autowired
    private FeedTokens tokens;

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.get("type").stringValue()).toList();
    }

    @Test
    void aMachineIsToldOfFromItsCreationToItsEnd() throws Exception {
        var name = newName("told");
        var id = create(JSON.readTree(SmallGuest.text(name, "LINUX_6_9", SmallGuest.ONE_PAGE)))
                .get("id")
                .stringValue();
        load(name, FILE_LOAD);
        hotplug(name, ADD_CPU);
        var updated = hotplug(name, Requests.changeSet(SmallGuest.add(1)));
        assertThat(post("/machines/" + name + "/hotplug-events", SmallGuest.addAll(2, 70))
                        .statusCode())
                .isEqualTo(409);
        var stale = SmallGuest.addAll(2, 70).put("whenTooLarge", "KEEP_STALE");
        hotplug(name, stale);
        assertThat(api().delete("/machines/{machine}/crash-image", name).statusCode())
                .isEqualTo(204);
        assertThat(api().contentType("application/merge-patch+json")
                        .body("{\"labels\": {\"a\": \"b\"}, \"description\": \"d\"}")
                        .patch("/machines/{machine}", name)
                        .statusCode())
                .isEqualTo(200);
        assertThat(api().delete("/machines/{machine}", name).statusCode()).isEqualTo(204);

        var events = Follower.fromTheBeginning(plain(), "machine=" + id).next(12);
        assertThat(types(events))
                .containsExactly(
                        "machine.created",
                        "crash-image.loaded",
                        "elfcorehdr.current",
                        "machine.changed",
                        "machine.changed",
                        "elfcorehdr.updated",
                        "elfcorehdr.refused",
                        "machine.changed",
                        "elfcorehdr.stale",
                        "crash-image.unloaded",
                        "machine.changed",
                        "machine.deleted");
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            assertThat(event.get("specversion").stringValue()).isEqualTo("1.0");
            assertThat(event.get("id").stringValue()).isEqualTo("%s.%d", id, i + 1);
            assertThat(event.get("source").stringValue()).isEqualTo("/api/v1/machines/" + id);
            assertThat(event.get("subject").stringValue()).isEqualTo(name);
            assertThat(event.get("sequence").stringValue()).isEqualTo("%019d", i + 1);
            assertThat(event.get("datacontenttype").stringValue()).isEqualTo("application/json");
        }
        var header = events.get(5).get("data").get("header");
        assertThat(header).isEqualTo(updated.get("header"));
        assertThat(events.get(5).get("time")).isEqualTo(updated.get("at"));
    }

    @Test
    void whatIsNotCarriedOutIsNotToldOf() throws Exception {
        var name = newName("quiet");
        create(SharedMachine.described("quiet").put("name", name));
        load(name, FILE_LOAD);
        var follower = Follower.fromTheBeginning(plain(), "machine=" + name);
        follower.next(3);
        assertThat(post("/machines/" + name + "/hotplug-events?dryRun=true", ADD_CPU)
                        .statusCode())
                .isEqualTo(200);
        assertThat(api().contentType("application/merge-patch+json")
                        .body("{\"labels\": {}}")
                        .patch("/machines/{machine}", name)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/machines", SharedMachine.described("quiet").put("name", name))
                        .statusCode())
                .isEqualTo(409);
        hotplug(name, ADD_CPU);
        var events = follower.next(1);
        assertThat(types(events)).containsExactly("machine.changed");
        assertThat(events.get(0).get("data").get("changed").get(0).stringValue())
                .isEqualTo("layout");
    }

    @Test
    void aDumpOfOtherBytesIsToldOf() throws Exception {
        var name = newName("dumped");
        create(SharedMachine.described("dumped").put("name", name));
        load(name, FILE_LOAD);
        var good = header(name);
        hotplug(name, Requests.changeSet(SmallGuest.add(40)));
        var follower = Follower.fromTheBeginning(plain(), "type=verification.failed&machine=" + name);
        for (var dump : List.of(header(name), good)) {
            assertThat(api().contentType(ContentType.BINARY)
                            .body(dump)
                            .post("/machines/{machine}/verifications", name)
                            .statusCode())
                    .isEqualTo(201);
        }
        var events = follower.next(1);
        assertThat(types(events)).containsExactly("verification.failed");
        var data = events.get(0).get("data");
        assertThat(data.get("verification").intValue()).isEqualTo(2);
        assertThat(data.get("reasons")).isNotEmpty();
    }

    @Test
    void aReaderWhoWaitsIsAnsweredWhenSomethingHappens() throws Exception {
        var name = newName("awaited");
        create(SharedMachine.described("awaited").put("name", name));
        var follower = Follower.fromTheBeginning(plain(), "machine=" + name);
        follower.next(1);
        var others = Executors.newSingleThreadExecutor();
        try {
            var answer = others.submit(() -> follower.next("&wait=50s"));
            hotplug(name, ADD_CPU);
            assertThat(types(List.of(answer.get(40, TimeUnit.SECONDS).get(0)))).containsExactly("machine.changed");
        } finally {
            others.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "type=machine.exploded, type",
        "type=machine.created&type=, type",
        "from=middle, from",
        "wait=61s, wait",
        "wait=-1s, wait",
        "wait=soon, wait",
        "wait=99999999999s, wait",
        "pageSize=0, pageSize",
        "pageToken=xyz, pageToken",
        "pageToken=MQ, pageToken",
        "pageToken=QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ, pageToken",
        "label=a, label"
    })
    void whatCannotBeAskedForIsRefused(String query, String parameter) {
        var problem = body(api().get("/events?" + query), 400);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(parameter);
    }

    @Test
    void theDocumentNamesAllTypes() {
        var documented =
                OpenApiContract.CHECKED_IN.document().at("/components/schemas/CloudEvent/properties/type/enum");
        assertThat(documented.valueStream().map(JsonNode::stringValue))
                .containsExactly(Arrays.stream(EventType.values())
                        .map(EventType::publishedName)
                        .toArray(String[]::new));
    }

    @Test
    void theFeedOfNoMachineIsNotFound() {
        assertThat(body(api().get("/events?machine=nobody"), 404).get("detail").stringValue())
                .isEqualTo("there is no machine \"nobody\"");
    }

    @Test
    void aTokenOfAnotherFeedIsGone() {
        var problem = body(api().get("/events?pageToken=" + Page.token(tokens.of(123_456_789_012L))), 410);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/events-gone");
    }
}
