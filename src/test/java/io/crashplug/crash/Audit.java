package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.api.FeedModel;
import io.crashplug.api.PlainClient;
import io.crashplug.api.PlainClient.Answer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Compares what the service holds with the clients' book. */
record Audit(PlainClient service, List<Guest> guests, Ledger ledger, FeedModel feed) {

    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    Audit(PlainClient service, List<Guest> guests, Ledger ledger) {
        this(service, guests, ledger, new FeedModel());
    }

    /** The entries of clients that the histories hold, by reason. */
    Map<String, JsonNode> run() throws IOException, InterruptedException {
        var entries = new ArrayList<JsonNode>();
        var histories = new HashMap<String, List<JsonNode>>();
        for (var guest : guests) {
            var history = history(guest);
            var model = new Model();
            history.forEach(model::follow);
            var machine = get(guest.path(), JSON).json();
            model.assertIs(machine);
            header(guest, model);
            histories.put(machine.get("id").stringValue(), history);
            // The first is of the load before the clients came.
            entries.addAll(history.subList(1, history.size()));
        }
        store();
        feed.follow(service, histories);
        var byReason = entries.stream()
                .collect(Collectors.toMap(entry -> entry.get("reason").stringValue(), Function.identity()));
        assertThat(ledger.fates().keySet()).containsAll(byReason.keySet());
        assertThat(byReason.keySet()).as("acknowledged").containsAll(ledger.acknowledged());
        ledger.fates().forEach((reason, fate) -> compare(fate, byReason.get(reason)));
        return byReason;
    }

    private static void compare(Fate fate, JsonNode entry) {
        var answer = fate.answer();
        if (answer == null) {
            assertThat(entry == null || fate.isAmbiguous())
                    .as("%s was not carried out, and yet there is %s", fate.attempt(), entry)
                    .isTrue();
        } else if (answer.status() == 201) {
            assertThat(entry).as(answer::text).isEqualTo(answer.json());
        } else {
            assertThat(entry).as(answer::text).isNotNull();
            assertThat(entry.get("outcome").stringValue()).isEqualTo("REFUSED");
            assertThat(entry.get("sequence")).isEqualTo(answer.json().get("sequence"));
            assertThat(entry.get("problem")).isEqualTo(answer.json().get("type"));
        }
    }

    private List<JsonNode> history(Guest guest) throws IOException, InterruptedException {
        var entries = new ArrayList<JsonNode>();
        var first = guest.path() + "/hotplug-events?order=asc&pageSize=500";
        for (var page = first; !page.isEmpty(); ) {
            var answer = get(page, JSON).json();
            answer.get("items").forEach(entries::add);
            var next = answer.get("nextPageToken");
            page = next.isNull() ? "" : first + "&pageToken=" + next.stringValue();
        }
        return entries;
    }

    private void header(Guest guest, Model model) throws IOException, InterruptedException {
        var inForce = get(guest.path() + "/elfcorehdr", BYTES).response().body();
        assertThat(sha256(inForce)).isEqualTo(model.sha256());
        var newest = get(guest.path() + "/elfcorehdr/revisions/" + model.revision(), BYTES);
        assertThat(newest.response().body()).isEqualTo(inForce);
    }

    /** The service rebuilds every header from what it was built from, and compares all that it stores. */
    private void store() throws IOException, InterruptedException {
        var checks = get("/store-checks?pageSize=500", JSON).json();
        assertThat(checks.get("items")).as(checks::toString).isEmpty();
        assertThat(checks.get("checkedMachines").intValue()).isEqualTo(guests.size());
    }

    private Answer get(String path, String accept) throws IOException, InterruptedException {
        var answer = service.get(path, accept);
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
