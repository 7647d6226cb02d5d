package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Follows the feed over as many services as there are, and compares what it told with the histories of machines. */
public final class FeedModel {

    private static final int PATIENCE_PAGES = 60;

    private static final Map<String, String> TYPES = Map.of(
            "LOADED", "crash-image.loaded",
            "UNLOADED", "crash-image.unloaded",
            "REBUILT", "elfcorehdr.updated",
            "REFUSED", "elfcorehdr.refused");

    private final Map<String, List<JsonNode>> told = new HashMap<>();
    private String token = "";

    /**
     * Reads on until the feed has told of all that is in the histories; fails if it tells of anything else, leaves
     * anything out, or has another order.
     *
     * @param histories by the id of the machine, oldest first
     */
    public void follow(PlainClient service, Map<String, List<JsonNode>> histories)
            throws IOException, InterruptedException {
        for (int page = 0; !histories.entrySet().stream().allMatch(this::isTold); page++) {
            assertThat(page).as("pages of the feed").isLessThan(PATIENCE_PAGES);
            readOn(service, "2s");
        }
        readOn(service, "0s");
        histories.forEach(
                (machine, history) -> assertThat(ofHistory(machine)).as(machine).isEqualTo(expected(history)));
    }

    /** Reads what there is. */
    private void readOn(PlainClient service, String wait) throws IOException, InterruptedException {
        JsonNode items;
        do {
            var answer =
                    service.get("/events?pageSize=500&wait=%s&pageToken=%s".formatted(wait, token), "application/json");
            assertThat(answer.status()).as(answer::text).isEqualTo(200);
            items = answer.json().get("items");
            items.forEach(this::take);
            token = answer.json().get("nextPageToken").stringValue();
        } while (items.size() == 500);
    }

    private void take(JsonNode event) {
        var ofMachine = told.computeIfAbsent(
                event.get("source").stringValue().replace("/api/v1/machines/", ""), machine -> new ArrayList<>());
        ofMachine.add(event);
        assertThat(Long.parseLong(event.get("sequence").stringValue()))
                .as(event::toString)
                .isEqualTo(ofMachine.size());
    }

    private boolean isTold(Map.Entry<String, List<JsonNode>> history) {
        return ofHistory(history.getKey()).size()
                >= expected(history.getValue()).size();
    }

    /** What was told of entries of a machine's history: number and type. */
    private List<String> ofHistory(String machine) {
        return told.getOrDefault(machine, List.of()).stream()
                .filter(event -> event.get("data").has("hotplugEvent"))
                .map(event -> told(
                        event.get("data"),
                        event.get("data").get("hotplugEvent"),
                        event.get("type").stringValue()))
                .toList();
    }

    private static List<String> expected(List<JsonNode> history) {
        var expected = new ArrayList<String>();
        for (var entry : history) {
            if (!entry.at("/generation/before").equals(entry.at("/generation/after"))) {
                expected.add(told(entry, entry.get("sequence"), "machine.changed"));
            }
            var type = TYPES.get(entry.get("outcome").stringValue());
            if (type != null) {
                expected.add(told(entry, entry.get("sequence"), type));
            }
        }
        return expected;
    }

    private static String told(JsonNode entry, JsonNode sequence, String type) {
        var header = entry.path("header");
        return "%s %s %s".formatted(sequence, type, header.isObject() ? header.get("sha256After") : "");
    }
}
