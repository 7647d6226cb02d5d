package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.api.PlainClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes a machine through the history of another one, step by step, and compares what comes of each. */
final class Replay implements Callable<Replay.Ends> {

    private final PlainClient http;
    private final History history;
    private final String machine;

    Replay(PlainClient http, History history, String machine) {
        this.http = http;
        this.history = history;
        this.machine = machine;
    }

    /** The elfcorehdr's memory at the end, of the machine and of its model. */
    record Ends(byte[] segment, byte[] ofModel, JsonNode layout, JsonNode layoutOfModel) {}

    @Override
    public Ends call() throws IOException, InterruptedException {
        for (var entry : history.entries()) {
            if (History.outcome(entry).equals("LOADED")) {
                load();
            } else {
                change(entry);
            }
        }
        var model = history.machine().name();
        return new Ends(segment(machine), segment(model), layout(machine), layout(model));
    }

    private void load() throws IOException, InterruptedException {
        var answer = http.send(
                "PUT", "/machines/" + machine + "/crash-image", Requests.FILE_LOAD, "Content-Type", "application/json");
        assertThat(answer.status()).isIn(200, 201);
        assertThat(answer.json().at("/segments/0/sha256").isString()).isTrue();
    }

    private void change(JsonNode entry) throws IOException, InterruptedException {
        var problem = entry.get("problem");
        boolean stale = problem.asString().equals("/problems/precondition-failed");
        var set = Requests.changeSet(entry.get("changes").valueStream().toList())
                .put("whenTooLarge", problem.isNull() ? "KEEP_STALE" : "REFUSE");
        var answer = http.send(
                "POST",
                "/machines/" + machine + "/hotplug-events",
                set.toString(),
                "Content-Type",
                "application/json",
                "If-Match",
                stale ? "\"0\"" : "*");
        if (problem.isNull()) {
            assertThat(timeless(answer)).isEqualTo(timeless(entry));
        } else {
            assertThat(answer.json().get("type")).isEqualTo(problem);
            assertThat(answer.json().get("detail")).isEqualTo(entry.get("detail"));
        }
    }

    private static JsonNode timeless(Answer answer) {
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
        return timeless(answer.json());
    }

    /** An entry without what is another one's at another time. */
    private static JsonNode timeless(JsonNode entry) {
        var kept = (ObjectNode) entry.deepCopy();
        return kept.remove(List.of("machineId", "at", "requestId", "durationMicros"));
    }

    private byte[] segment(String name) throws IOException, InterruptedException {
        var answer = http.get("/machines/%s/elfcorehdr?extent=segment".formatted(name), "application/octet-stream");
        assertThat(answer.status()).isEqualTo(200);
        return answer.response().body();
    }

    private JsonNode layout(String name) throws IOException, InterruptedException {
        var machine =
                (ObjectNode) http.get("/machines/" + name, "application/json").json();
        return machine.retain("kernel", "cpus", "memory", "generation");
    }
}
