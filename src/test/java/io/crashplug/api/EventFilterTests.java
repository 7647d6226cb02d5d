package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which events a reader of the feed hears of. */
class EventFilterTests extends ApiTest {

    private String make(String label) {
        var machine = SharedMachine.described("filtered");
        machine.putObject("labels").put("ring", label).put("comma", "a,b");
        create(machine);
        load(SharedMachine.nameOf(machine), FILE_LOAD);
        return SharedMachine.nameOf(machine);
    }

    private static List<String> texts(List<JsonNode> events, String member) {
        return events.stream().map(event -> event.get(member).stringValue()).toList();
    }

    @Test
    void byType() throws Exception {
        var follower = Follower.fromNow(
                plain(), "label=ring=type&type=crash-image.loaded,elfcorehdr.updated&type=machine.deleted");
        var name = make("type");
        hotplug(name, Requests.changeSet(SmallGuest.add(50)));
        assertThat(api().delete("/machines/{machine}", name).statusCode()).isEqualTo(204);
        assertThat(texts(follower.next(3), "type"))
                .containsExactly("crash-image.loaded", "elfcorehdr.updated", "machine.deleted");
    }

    @Test
    void byMachineAlsoOfOneThatWasDeleted() throws Exception {
        var before = Follower.fromNow(plain(), "");
        var one = make("machine");
        var other = make("machine");
        var id = machine(one).get("id").stringValue();
        assertThat(api().delete("/machines/{machine}", one).statusCode()).isEqualTo(204);
        before.next(7);
        var events = Follower.fromTheBeginning(plain(), "machine=" + id).next(4);
        assertThat(texts(events, "subject")).hasSize(4).containsOnly(one);
        assertThat(texts(Follower.fromTheBeginning(plain(), "machine=" + other).next(3), "subject"))
                .containsOnly(other);
    }

    @Test
    void byLabelsAlsoOfOneThatWasDeleted() throws Exception {
        var follower = Follower.fromNow(plain(), "label=ring=inner&label=comma=a,b");
        var name = make("inner");
        make("outer");
        assertThat(api().delete("/machines/{machine}", name).statusCode()).isEqualTo(204);
        var events = follower.next(4);
        assertThat(texts(events, "subject")).containsOnly(name);
        assertThat(texts(events, "type")).endsWith("machine.deleted");
        var none = Follower.fromTheBeginning(plain(), "label=ring=inner&label=comma=none");
        assertThat(none.next("")).isEmpty();
    }

    @Test
    void smallPagesHaveEveryEventOnce() throws Exception {
        var start = Follower.fromNow(plain(), "");
        var names = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            names.add(make("paged"));
        }
        start.next(12);
        var small = Follower.fromTheBeginning(plain(), "label=ring=paged&pageSize=1");
        var large = Follower.fromTheBeginning(plain(), "label=ring=paged&pageSize=500");
        var all = large.next(12);
        assertThat(small.next(12)).isEqualTo(all).hasSize(12);
        assertThat(texts(all, "subject")).containsAll(names);
    }
}
