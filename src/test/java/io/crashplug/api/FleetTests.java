package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of all machines together. The tests share a store, so each asks by a label of its own. */
class FleetTests extends ApiTest {

    @Autowired
    private JdbcClient database;

    private final String label = newName("fleet");

    private JsonNode fleet(String query) {
        return body(api().get("/fleet?label=fleet=%s&%s".formatted(label, query)), 200);
    }

    /** A machine with the label, whose header takes one page with room for so many ranges. */
    private String create(String profile) {
        var name = newName("fleet");
        var request = (ObjectNode) JSON.readTree(SmallGuest.text(name, profile, SmallGuest.ONE_PAGE));
        request.putObject("labels").put("fleet", label).put("a,b", "c=d");
        create(request);
        return name;
    }

    private String loaded(String profile, int blocks) {
        var name = create(profile);
        load(name, FILE_LOAD);
        if (blocks > 0) {
            hotplug(name, SmallGuest.addAll(1, blocks).put("whenTooLarge", "KEEP_STALE"));
        }
        return name;
    }

    private static List<String> names(JsonNode machines) {
        return machines.valueStream().map(SharedMachine::nameOf).toList();
    }

    private long count(String type, String status, String reason) {
        return fleet("")
                .get("conditions")
                .valueStream()
                .filter(count -> count.get("type").stringValue().equals(type)
                        && count.get("status").stringValue().equals(status)
                        && count.get("reason").stringValue().equals(reason))
                .mapToLong(count -> count.get("machines").longValue())
                .sum();
    }

    @Test
    void conditionsAreCountedByTypeStatusAndReason() {
        create("LINUX_6_9");
        loaded("LINUX_6_9", 0);
        loaded("LINUX_6_9", 5);
        loaded("LINUX_6_9", 70);
        loaded("LINUX_BEFORE_6_6", 1);
        assertThat(fleet("").get("machines").longValue()).isEqualTo(5);
        assertThat(count("KdumpReady", "False", "NotLoaded")).isEqualTo(1);
        assertThat(count("KdumpReady", "True", "HeaderCurrent")).isEqualTo(2);
        assertThat(count("KdumpReady", "False", "HeaderStale")).isEqualTo(2);
        assertThat(count("HeaderCurrent", "False", "TooLarge")).isEqualTo(1);
        assertThat(count("HeaderCurrent", "False", "NoCrashHotplug")).isEqualTo(1);
        assertThat(fleet("")
                        .get("conditions")
                        .valueStream()
                        .mapToLong(count -> count.get("machines").longValue())
                        .sum())
                .isEqualTo(5 * 4);
    }

    @Test
    void theMachinesWithTheLeastRoomComeFirst() {
        create("LINUX_6_9");
        var some = loaded("LINUX_6_9", 20);
        var most = loaded("RFC_V2", 0);
        var none = loaded("LINUX_6_6", 59);
        var tooLarge = loaded("LINUX_6_9", 61);
        loaded("LINUX_BEFORE_6_6", 0);
        var rooms = fleet("").get("leastRoom");
        assertThat(names(rooms)).containsExactly(tooLarge, none, some, most);
        assertThat(rooms.valueStream().map(room -> room.get("freePhdrs").intValue()))
                .containsExactly(-2, 0, 39, 59);
        assertThat(rooms.valueStream().map(room -> room.get("elfszBytes").intValue()))
                .containsExactly(8192, 4096, 4096, 4096);
        assertThat(rooms.valueStream().map(room -> room.get("memszBytes").intValue()))
                .containsOnly(4096);
        for (var room : rooms) {
            var capacity = body(
                    api().get("/machines/{machine}/capacity", room.get("id").stringValue()), 200);
            assertThat(room.get("freePhdrs")).isEqualTo(capacity.at("/memsz/freePhdrs"));
        }
        assertThat(names(fleet("leastRoom=2").get("leastRoom"))).containsExactly(tooLarge, none);
    }

    @Test
    void roomFollowsEveryLoadAndEventAndEndsWithTheImageOrTheMachine() {
        var name = loaded("LINUX_6_9", 10);
        hotplug(name, Requests.changeSet(SmallGuest.remove(10)));
        assertThat(fleet("").at("/leastRoom/0/freePhdrs").intValue()).isEqualTo(50);
        api().delete("/machines/{machine}/crash-image", name);
        assertThat(fleet("").get("leastRoom")).isEmpty();
        load(name, FILE_LOAD);
        assertThat(fleet("").get("leastRoom")).hasSize(1);
        api().delete("/machines/{machine}", name);
        assertThat(fleet("").get("leastRoom")).isEmpty();
        assertThat(fleet("").get("conditions")).isEmpty();
        assertThat(fleet("").get("machines").longValue()).isZero();
    }

    @Test
    void anImageLoadedBeforeRoomWasKeptHasNoneUntilItsNextEvent() {
        var name = loaded("LINUX_6_9", 10);
        database.sql("update crash_image set room_phdrs = null, room_memsz_bytes = null, room_elfsz_bytes = null,"
                        + " loaded_revision = null where machine_id = ?")
                .param(id(name))
                .update();
        assertThat(fleet("").get("leastRoom")).isEmpty();
        assertThat(condition(name, "KdumpReady")).isEqualTo("True HeaderCurrent");
        hotplug(name, SmallGuest.addAll(11, 1));
        assertThat(fleet("").at("/leastRoom/0/freePhdrs").intValue()).isEqualTo(48);
        assertThat(condition(name, "KdumpReady")).isEqualTo("True HeaderCurrent");
    }

    @Test
    void theMachinesThatAreStaleTheLongestComeFirstWithTheirSeconds() {
        loaded("LINUX_6_9", 5);
        assertThat(fleet("").at("/staleSeconds/machines").longValue()).isZero();
        assertThat(fleet("").at("/staleSeconds/longest").longValue()).isZero();
        var young = loaded("LINUX_BEFORE_6_6", 1);
        var old = loaded("LINUX_6_9", 70);
        database.sql("update machine_condition set last_transition_time = ? where machine_id = ? and type = ?")
                .params(Instant.now().minus(2, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC), id(old), "HeaderCurrent")
                .update();
        var stale = fleet("").get("staleSeconds");
        assertThat(stale.get("machines").longValue()).isEqualTo(2);
        assertThat(stale.get("longest").longValue()).isBetween(7200L, 7300L);
        assertThat(names(stale.get("longestMachines"))).containsExactly(old, young);
        assertThat(stale.at("/longestMachines/0/seconds")).isEqualTo(stale.get("longest"));
        assertThat(stale.at("/longestMachines/0/reason").stringValue()).isEqualTo("TooLarge");
        assertThat(stale.at("/longestMachines/1/reason").stringValue()).isEqualTo("NoCrashHotplug");
        hotplug(
                old,
                Requests.changeSet(java.util.stream.IntStream.rangeClosed(1, 70)
                        .mapToObj(SmallGuest::remove)
                        .toList()));
        assertThat(names(fleet("").at("/staleSeconds/longestMachines"))).containsExactly(young);
    }

    @Test
    void labelsChooseTheMachinesAsInTheList() {
        create("LINUX_6_9");
        assertThat(fleet("label=a,b=c=d").get("machines").longValue()).isEqualTo(1);
        assertThat(fleet("label=a,b=other").get("machines").longValue()).isZero();
        assertThat(body(api().get("/fleet"), 200).get("machines").longValue()).isPositive();
        for (var wrong : List.of("label=x", "label==x", "leastRoom=0", "leastRoom=101", "leastRoom=many")) {
            assertThat(body(api().get("/fleet?" + wrong), 400)
                            .at("/errors/0/pointer")
                            .stringValue())
                    .isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void theListIsNarrowedByReasonToo() {
        var notLoaded = create("LINUX_6_9");
        var stale = loaded("LINUX_6_9", 70);
        assertThat(list("KdumpReady=False")).containsExactly(notLoaded, stale);
        assertThat(list("KdumpReady=False:NotLoaded")).containsExactly(notLoaded);
        assertThat(list("HeaderCurrent=False:TooLarge")).containsExactly(stale);
        assertThat(list("HeaderCurrent=False:KernelRemovalLag")).isEmpty();
        body(api().get("/machines?condition=KdumpReady=Perhaps:NotLoaded"), 400);
    }

    private List<String> list(String condition) {
        return names(body(api().get("/machines?label=fleet=%s&condition=%s".formatted(label, condition)), 200)
                .get("items"));
    }

    private UUID id(String name) {
        return UUID.fromString(machine(name).get("id").stringValue());
    }
}
