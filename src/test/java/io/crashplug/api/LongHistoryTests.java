package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.header.ReadRevisions;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A thousand events on one machine, and what was in force at each of them. */
class LongHistoryTests extends ApiTest {

    private static final int EVENTS = 1000;
    private static final int RELOAD_EVERY = 100;

    @LocalServerPort
    private int port;

    @Autowired
    private ReadRevisions revisions;

    @Test
    void asOfEachBoundaryTheRightHeaderWasInForce() throws Exception {
        var http = PlainClient.checking(port);
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
        var ref = new MachineRef(machine);
        inForce.forEach((time, revision) ->
                assertThat(revisionAt(ref, time)).as(time::toString).isEqualTo(revision));
    }

    /** The revision in force at a time; 0 for none. */
    private long revisionAt(MachineRef machine, Instant time) {
        try {
            return Objects.requireNonNull(revisions.at(machine, time).inForce()).revision();
        } catch (ProblemException e) {
            assertThat(e.problem().type()).isEqualTo(ProblemType.NOT_FOUND);
            return 0;
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
