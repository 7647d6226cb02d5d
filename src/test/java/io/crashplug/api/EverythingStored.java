package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Has the service store something in every table and column: recorded guests and what recordings do not have. */
final class EverythingStored {

    /** The key of a request that was carried out, and its body. */
    static final String KEY = "key-of-everything";

    static final String KEYED = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}";
    static final String KEYED_PATH = "/machines/odd/hotplug-events";

    private static final int RANGES = 2000;
    private static final String JSON = "application/json";
    private static final List<String> OF_A_MACHINE = List.of(
            "",
            "/crash-image",
            "/hotplug-events?pageSize=500",
            "/elfcorehdr",
            "/elfcorehdr/revisions?pageSize=500",
            "/verifications?pageSize=500",
            "/capacity");

    private final PlainClient http;

    private EverythingStored(PlainClient http) {
        this.http = http;
    }

    static void by(PlainClient http) throws IOException, InterruptedException {
        var everything = new EverythingStored(http);
        for (var session : Recordings.SESSIONS) {
            everything.recorded(session);
        }
        everything.odd();
        everything.large();
        everything.deleted();
        Follower.fromTheBeginning(http, "type=machine.deleted").next(2);
    }

    private void recorded(String session) throws IOException, InterruptedException {
        RecordedStep before = null;
        for (var step : Recordings.steps(session)) {
            if (before == null) {
                post("/machine-imports", RecordedBundle.everything(step, session), 201);
            }
            if (step.isFileLoad() || step.isUserspaceLoad()) {
                load(session, step.isFileLoad() ? Requests.FILE_LOAD : RecordedChange.userspaceLoad(step));
            } else if (before != null) {
                post("/machines/" + session + "/hotplug-events", RecordedChange.of(before, step), 201);
            }
            if (step.hasHeader()) {
                verify(session, step.segment());
            }
            before = step;
        }
        var damaged = Objects.requireNonNull(before).segment();
        damaged[200] ^= 1;
        verify(session, damaged);
    }

    private void verify(String machine, byte[] dump) throws IOException, InterruptedException {
        var answer = http.send(
                "POST",
                "/machines/" + machine + "/verifications",
                BodyPublishers.ofByteArray(dump),
                "Content-Type",
                "application/octet-stream");
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
    }

    /** Text of every kind, labels, refusals of every kind, an unloaded image, a request with a key. */
    private void odd() throws IOException, InterruptedException {
        var guest = (ObjectNode) ApiTest.JSON.readTree(SmallGuest.text("odd", "LINUX_6_9", SmallGuest.ONE_PAGE));
        guest.put(
                "description",
                "ein \"Gast\" – \uD83D\uDCA5, \\ \u0001\u007f\u0085\u2028\uFFFF é e\u0301\n\t'" + "x".repeat(3000));
        guest.putObject("labels").put("größe", "50%_\\").put("host", "").put("\uD83D\uDC27", "\u00a0");
        ((ObjectNode) guest.get("kernel")).put("totalRamPages", 1L << 24);
        ((ObjectNode) guest.get("memory")).set("crashKernelLow", range(0x60000000L));
        ((ObjectNode) guest.get("memory")).putArray("crashKernelCma").add(range(0x50000000L));
        ((ObjectNode) guest.at("/memory/systemRam/2/device")).put("slot", 3).put("node", 1);
        post("/machines", guest, 201);
        load("odd", Requests.FILE_LOAD);
        var events = "/machines/odd/hotplug-events";
        post(events, SmallGuest.addAll(1, 5).put("reason", "größer, \uD83D\uDC27"), 201);
        post(events, SmallGuest.addAll(6, 70), 409);
        post(events, Requests.changeSet(SmallGuest.remove(3).put("stillListed", true)), 201);
        post(events, SmallGuest.addAll(6, 70).put("whenTooLarge", "KEEP_STALE"), 201);
        post(
                events,
                Requests.changeSet(
                        IntStream.range(6, 76).mapToObj(SmallGuest::remove).toList()),
                201);
        post(events, Requests.changeSet(SmallGuest.remove(400)), 422);
        assertThat(http.send("DELETE", "/machines/odd/crash-image", "").status())
                .isEqualTo(204);
        load("odd", Requests.FILE_LOAD);
        assertThat(http.send("POST", KEYED_PATH, KEYED, "Content-Type", JSON, "Idempotency-Key", KEY)
                        .status())
                .isEqualTo(201);
    }

    /** Revisions that are stored with others as their base. */
    private void large() throws IOException, InterruptedException {
        var guest = (ObjectNode) ApiTest.JSON.readTree(SmallGuest.text("large", "LINUX_6_9", SmallGuest.LARGE));
        var ram = ((ObjectNode) guest.get("memory")).putArray("systemRam");
        for (int i = 0; i < RANGES; i++) {
            ram.add(Requests.range(block(2 * i)));
        }
        post("/machines", guest, 201);
        load("large", Requests.FILE_LOAD);
        for (int i = 1; i < 10; i += 2) {
            var change = Requests.changeSet(Requests.memory("ADD_MEMORY", block(i)));
            post("/machines/large/hotplug-events", change, 201);
        }
    }

    private static ObjectNode range(long start) {
        return Requests.range(PhysicalRange.ofSize(start, 1L << 24));
    }

    private static PhysicalRange block(int i) {
        return PhysicalRange.ofSize((1L << 32) + ((long) i << 27), 1L << 27);
    }

    private void deleted() throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            var guest =
                    (ObjectNode) ApiTest.JSON.readTree(SmallGuest.text("deleted", "LINUX_6_6", SmallGuest.ONE_PAGE));
            guest.putObject("labels").put("\uD83D\uDC27", "gone");
            post("/machines", guest, 201);
            load("deleted", Requests.FILE_LOAD);
            post("/machines/deleted/hotplug-events", SmallGuest.addAll(1, 1), 201);
            assertThat(http.send("DELETE", "/machines/deleted", "").status()).isEqualTo(204);
        }
    }

    private void post(String path, Object body, int status) throws IOException, InterruptedException {
        var answer = http.send("POST", path, ApiTest.text(body), "Content-Type", JSON);
        assertThat(answer.status()).as(answer::text).isEqualTo(status);
    }

    private void load(String machine, Object image) throws IOException, InterruptedException {
        var path = "/machines/" + machine + "/crash-image";
        var answer = http.send("PUT", path, ApiTest.text(image), "Content-Type", JSON);
        assertThat(answer.status()).as(answer::text).isIn(200, 201);
    }

    /** What a service answers to all that can be read, by path. */
    static Map<String, List<String>> answers(PlainClient http) throws IOException, InterruptedException {
        var answers = new LinkedHashMap<String, List<String>>();
        answers.put("/machines", read(http, "/machines?pageSize=500", JSON));
        answers.put("/events", events(http));
        var fleet = http.get("/fleet", JSON).json();
        answers.put(
                "/fleet",
                List.of(
                        fleet.get("conditions").toString(),
                        fleet.get("leastRoom").toString()));
        for (var machine : http.get("/machines?pageSize=500", JSON).json().get("items")) {
            var path = "/machines/" + machine.get("id").stringValue();
            for (var part : OF_A_MACHINE) {
                answers.put(path + part, read(http, path + part, JSON));
            }
            var bytes = path + "/elfcorehdr?extent=segment";
            answers.put(bytes, read(http, bytes, "application/octet-stream"));
            var revisions =
                    http.get(path + "/elfcorehdr/revisions?pageSize=500", JSON).json();
            for (var revision : revisions.get("items")) {
                var one = path + "/elfcorehdr/revisions/" + revision.get("revision") + "?extent=segment";
                answers.put(one, read(http, one, "application/octet-stream"));
            }
        }
        return answers;
    }

    private static List<String> events(PlainClient http) throws IOException, InterruptedException {
        var events = new ArrayList<String>();
        var follower = Follower.fromTheBeginning(http, "pageSize=500");
        for (var page = follower.next(""); !page.isEmpty(); page = follower.next("")) {
            page.forEach(event -> events.add(event.toString()));
        }
        return events;
    }

    /** The next change of a machine continues its history and its generations. */
    static void assertGoesOn(PlainClient http) throws IOException, InterruptedException {
        var last = lastEntry(http);
        var next = http.send(
                "POST", KEYED_PATH, "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 6}]}", "Content-Type", JSON);
        assertThat(next.status()).as(next::text).isEqualTo(201);
        assertThat(next.json().get("sequence").longValue())
                .isEqualTo(last.get("sequence").longValue() + 1);
        assertThat(next.json().at("/generation/before")).isEqualTo(last.at("/generation/after"));
        assertThat(lastEntry(http)).isEqualTo(next.json());
    }

    /** The newest entry of the machine that {@link #KEYED_PATH} is about. */
    static JsonNode lastEntry(PlainClient http) throws IOException, InterruptedException {
        return http.get(KEYED_PATH + "?order=desc", JSON).json().get("items").get(0);
    }

    private static List<String> read(PlainClient http, String path, String accept)
            throws IOException, InterruptedException {
        var answer = http.get(path, accept);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return List.of(
                answer.response().headers().firstValue("ETag").orElse(""),
                java.util.Base64.getEncoder().encodeToString(answer.response().body()));
    }
}
