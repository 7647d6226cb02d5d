package io.crashplug.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The whole history of a machine, oldest first. */
record History(SharedMachine machine, List<JsonNode> entries) {

    static final Set<String> CHANGES_BYTES = Set.of("REBUILT", "LOADED");
    static final Set<String> KEEPS_LAYOUT = Set.of("REFUSED", "LOADED");

    private static final String FIRST_PAGE = "?order=asc&pageSize=200";

    static History of(PlainClient http, SharedMachine machine) throws IOException, InterruptedException {
        var entries = new ArrayList<JsonNode>();
        for (var page = FIRST_PAGE; page != null; ) {
            var answer = http.get("/machines/%s/hotplug-events%s".formatted(machine.name(), page), "application/json")
                    .json();
            answer.get("items").forEach(entries::add);
            var next = answer.get("nextPageToken");
            page = next.isNull() ? null : FIRST_PAGE + "&pageToken=" + next.stringValue();
        }
        return new History(machine, entries);
    }

    static String outcome(JsonNode entry) {
        return entry.get("outcome").stringValue();
    }

    /** Entries after which other bytes are in force. */
    Stream<JsonNode> revisions() {
        return entries.stream().filter(entry -> CHANGES_BYTES.contains(outcome(entry)));
    }

    /** The entry whose bytes were in force under this number. */
    JsonNode revision(long number) {
        return revisions()
                .filter(entry -> entry.at("/header/revision").longValue() == number)
                .findFirst()
                .orElseThrow();
    }
}
