package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Layout, bytes and history are written together or not at all. */
class AtomicityTests extends ApiTest {

    private final String machine = newName("atomic");

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);
    }

    @AfterEach
    void letTheDatabaseWork() {
        for (var table : List.of("hotplug_event", "segment_chunk", "system_ram", "machine_condition")) {
            database.sql("alter table %s drop constraint if exists %s_fails".formatted(table, table))
                    .update();
        }
    }

    /** From now on no row of this machine can be written to the table; the rows that are there stay. */
    private void fail(String table) {
        database.sql("alter table %s add constraint %s_fails check (machine_id <> '%s') %s"
                        .formatted(
                                table,
                                table,
                                machine(machine).get("id").stringValue(),
                                Database.TESTED.constraintOfNewRows()))
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hotplug_event", "segment_chunk", "system_ram", "machine_condition"})
    void anEventThatCannotBeStoredInOneTableIsStoredInNone(String table) {
        // Plugged memory that is not online leaves the header current; the next event below removes memory with a lag,
        // so
        // that all four tables are written.
        var before = MachineRecord.of(this, machine);
        fail(table);

        // The removed page stays listed, so that a condition changes too, and with it all four tables.
        var answer = post("/machines/" + machine + "/hotplug-events", """
                {"changes": [{"action": "REMOVE_MEMORY", "deviceId": "d0", "stillListed":
                                {"start": "0x100000000", "sizeBytes": 4096}},
                             {"action": "ADD_MEMORY", "range": {"start": "0x200000000", "sizeBytes": 4096}}]}
                """);

        var problem = body(answer, 500);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/internal");
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("the service failed; quote " + problem.get("id").stringValue());
        assertThat(answer.asString()).doesNotContainIgnoringCase("constraint").doesNotContainIgnoringCase("sql");
        assertThat(MachineRecord.of(this, machine)).isEqualTo(before);
    }

    @Test
    void aLoadThatIsNotInTheHistoryDidNotHappen() {
        hotplug(machine, SmallGuest.addAll(1, 3));
        var before = MachineRecord.of(this, machine);
        fail("hotplug_event");

        assertThat(put(machine, Requests.FILE_LOAD).statusCode()).isEqualTo(500);
        assertThat(api().delete("/machines/{machine}/crash-image", machine).statusCode())
                .isEqualTo(500);

        assertThat(MachineRecord.of(this, machine)).isEqualTo(before);
    }

    @Test
    void aRefusalThatIsNotInTheHistoryIsAFailure() {
        var before = MachineRecord.of(this, machine);
        fail("hotplug_event");

        var answer = post("/machines/" + machine + "/hotplug-events", Requests.changeSet(SmallGuest.add(0)));

        assertThat(body(answer, 500).has("sequence")).isFalse();
        assertThat(MachineRecord.of(this, machine)).isEqualTo(before);
    }

    @Test
    void afterAFailureTheNextEventHasTheNextNumber() {
        fail("hotplug_event");
        post("/machines/" + machine + "/hotplug-events", SmallGuest.addAll(1, 1));
        letTheDatabaseWork();

        var event = hotplug(machine, SmallGuest.addAll(1, 1));

        assertThat(event.get("sequence").longValue()).isEqualTo(2);
        assertThat(event.get("header").get("revision").longValue()).isEqualTo(2);
        assertThat(event.get("generation").get("after").longValue()).isEqualTo(2);
    }
}
