package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static io.crashplug.api.SharedMachine.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can be asked of the service. */
class StoreQueriesTests extends ApiTest {

    @Test
    void aListIsNarrowedByNameLabelAndConditionAndComesInPages() {
        var prefix = newName("list_x");
        for (var host : List.of("a", "b", "a", "a")) {
            var machine = SharedMachine.described(prefix + ".");
            machine.putObject("labels").put("host", host).put("rack", "r1");
            create(machine);
        }
        // As a pattern "_" would stand for any character.
        create(SharedMachine.described(prefix.replace('_', '-') + "."));
        var all = names("name=" + prefix);
        assertThat(all).hasSize(4).allMatch(name -> name.startsWith(prefix));
        load(all.get(2), FILE_LOAD);
        assertThat(names("label=host=a&label=rack=r1&name=" + prefix))
                .containsExactly(all.get(0), all.get(2), all.get(3));
        assertThat(names("condition=HeaderCurrent=True&name=" + prefix)).containsExactly(all.get(2));
        assertThat(names("condition=HeaderCurrent=True&label=host=b&name=" + prefix))
                .isEmpty();
        var page = list("pageSize=2&name=" + prefix);
        assertThat(namesOf(page)).isEqualTo(all.subList(0, 2));
        // A page continues behind the last machine of the one before, also where that is gone.
        assertThat(api().delete("/machines/{machine}", all.get(1)).statusCode()).isEqualTo(204);
        var token = page.get("nextPageToken").stringValue();
        assertThat(names("pageSize=2&name=%s&pageToken=%s".formatted(prefix, token)))
                .isEqualTo(all.subList(2, 4));
    }

    @Test
    void aHistoryIsNarrowedByOutcomeActionActorAndTime() {
        var given = SharedMachine.described("history");
        create(given);
        load(nameOf(given), FILE_LOAD);
        var addCpu = Requests.changeSet(Requests.cpu("ADD_CPU", new CpuId(5)));
        hotplug(nameOf(given), addCpu);
        body(post("/machines/%s/hotplug-events".formatted(nameOf(given)), addCpu), 422);
        var entries = history(nameOf(given), "order=asc");
        assertThat(entries)
                .extracting(entry -> entry.get("outcome").stringValue())
                .containsExactly("LOADED", "UNCHANGED", "REFUSED");
        assertThat(history(nameOf(given), "outcome=REFUSED")).containsExactly(entries.get(2));
        assertThat(history(nameOf(given), "action=ADD_CPU")).containsExactly(entries.get(2), entries.get(1));
        assertThat(history(nameOf(given), "actor=anonymous&pageSize=2"))
                .containsExactly(entries.get(2), entries.get(1));
        assertThat(history(nameOf(given), "actor=nobody")).isEmpty();
        var second = entries.get(1).get("at").stringValue();
        assertThat(history(nameOf(given), "since=" + second)).containsExactly(entries.get(2), entries.get(1));
        assertThat(history(nameOf(given), "until=" + second)).containsExactly(entries.get(0));
        // Years that only one of the stores knows.
        assertThat(history(nameOf(given), "since=-200000-01-01T00:00:00Z&until=+400000-01-01T00:00:00Z"))
                .hasSize(3);
        assertThat(history(nameOf(given), "since=+400000-01-01T00:00:00Z&until=-200000-01-01T00:00:00Z"))
                .isEmpty();
    }

    @Test
    void textThatOneStoreCannotHoldIsRefusedOnBoth() {
        var nul = "\0";
        for (var parameter : List.of("name", "label", "condition", "pageToken")) {
            var value = parameter.equals("label") ? "k=" + nul : nul;
            assertThat(api().queryParam(parameter, value).get("/machines").statusCode())
                    .as(parameter)
                    .isEqualTo(400);
        }
        var given = SharedMachine.described("nul").put("description", nul);
        assertThat(post("/machines", given).statusCode()).isEqualTo(400);
    }

    private JsonNode list(String query) {
        return body(api().get("/machines?" + query), 200);
    }

    private List<String> names(String query) {
        return namesOf(list(query));
    }

    private List<JsonNode> history(String machine, String query) {
        var page = body(api().get("/machines/%s/hotplug-events?%s".formatted(machine, query)), 200);
        return page.get("items").valueStream().toList();
    }

    private static List<String> namesOf(JsonNode page) {
        return page.get("items").valueStream().map(SharedMachine::nameOf).toList();
    }
}
