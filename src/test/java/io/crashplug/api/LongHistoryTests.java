package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A thousand events on one machine, and what was in force at each of them. */
class LongHistoryTests extends ApiTest {

    private static final int EVENTS = 1000;
    private static final int RELOAD_EVERY = 100;

    @LocalServerPort
    private int port;

    @Test
    void asOfEachBoundaryTheRightHeaderWasInForce() throws Exception {
        var http = new PlainClient(port);
        var machine = newName("long-history");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        boolean plugged = false;
        for (int i = 0; i < EVENTS; i++) {
            if (i % RELOAD_EVERY == 0) {
                http.send("DELETE", "/machines/" + machine + "/crash-image", "", "Accept", "*/*");
                send(http, "PUT", "/machines/" + machine + "/crash-image", Requests.FILE_LOAD);
            } else {
                var block = plugged ? SmallGuest.remove(1) : SmallGuest.add(1);
                plugged = !plugged;
                send(http, "POST", "/machines/" + machine + "/hotplug-events", text(Requests.changeSet(block)));
            }
        }
        var inForce = inForceByHistory(http, machine);
        assertThat(inForce).hasSizeGreaterThan(EVENTS);
        var revisions = "/machines/" + machine + "/elfcorehdr/revisions?at=";
        for (var boundary : inForce.entrySet()) {
            var answer = http.get(revisions + boundary.getKey(), "application/json");
            assertThat(answer.status()).as(boundary::toString).isEqualTo(boundary.getValue() == 0 ? 404 : 200);
            if (boundary.getValue() != 0) {
                assertThat(answer.json().get("revision").longValue())
                        .as(boundary::toString)
                        .isEqualTo(boundary.getValue());
            }
        }
    }

    /** The revision from each boundary on, and just before it; 0 for none. */
    private static TreeMap<Instant, Long> inForceByHistory(PlainClient http, String machine)
            throws IOException, InterruptedException {
        var entries = new ArrayList<JsonNode>();
        var history = History.of(http, new SharedMachine("", machine));
        history.entries().stream()
                .filter(entry -> List.of("REBUILT", "LOADED", "UNLOADED").contains(History.outcome(entry)))
                .forEach(entries::add);
        var inForce = new TreeMap<Instant, Long>();
        long before = 0;
        for (var entry : entries) {
            var at = Instant.parse(entry.get("at").stringValue());
            inForce.putIfAbsent(at.minus(Duration.ofNanos(1000)), before);
            before = History.outcome(entry).equals("UNLOADED")
                    ? 0
                    : entry.at("/header/revision").longValue();
            inForce.put(at, before);
        }
        return inForce;
    }

    private static void send(PlainClient http, String method, String path, String body)
            throws IOException, InterruptedException {
        var answer = http.send(method, path, body, "Content-Type", "application/json");
        assertThat(answer.status()).as(answer::text).isBetween(200, 201);
    }
}
