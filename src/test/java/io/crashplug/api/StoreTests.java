package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static io.crashplug.api.SharedMachine.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.node.ObjectNode;

/** What the service keeps. */
@TestPropertySource(properties = "crashplug.lock-timeout-millis=250")
class StoreTests extends ApiTest {

    @Autowired
    private JdbcClient database;

    @Test
    void theTablesAreThoseOfTheMigrations() {
        assertThat(database.sql("select \"success\" from \"flyway_schema_history\"")
                        .query(Boolean.class)
                        .list())
                .isNotEmpty()
                .containsOnly(true);
    }

    @Test
    void aMachineIsReadBackAsItWasGiven() {
        var given = SharedMachine.described("given")
                .put("description", "ein \"Gast\" mit 64 Kernen – \uD83D\uDCA5, and a \\ that is no escape");
        given.putObject("labels").put("host", "h-1").put("größe", "50%_\\");
        var created = create(given);
        assertThat(machine(nameOf(given))).isEqualTo(created);
        assertThat(created.get("description")).isEqualTo(given.get("description"));
        assertThat(created.get("labels")).isEqualTo(given.get("labels"));
    }

    @Test
    void aGuestThatIsImportedHasTheRecordedBytesAfterLoadAndHotplug() {
        var steps = Recordings.steps("k612-nokaslr");
        var name = newName("guest");
        importGuest(RecordedBundle.everything(steps.get(2), name));
        load(name, FILE_LOAD);
        assertThat(segmentOf(name)).isEqualTo(recorded(steps.get(2)));
        var event = hotplug(name, """
            {"changes": [{"action": "ADD_MEMORY", "range": {"start": "0x100000000", "sizeBytes": 268435456}}]}""");
        assertThat(event.get("outcome").stringValue()).isEqualTo("REBUILT");
        assertThat(segmentOf(name)).isEqualTo(recorded(steps.get(3)));
    }

    private HeaderBytes segmentOf(String machine) {
        return HeaderBytes.of(segment(machine));
    }

    private static HeaderBytes recorded(RecordedStep step) {
        return HeaderBytes.of(step.segment());
    }

    @Test
    void aMachineOfManyRangesIsReadBackAndLosesOne() {
        var given = SharedMachine.described("many");
        var ranges = ((ObjectNode) given.get("memory")).putArray("systemRam");
        for (long i = 0; i < 8192; i++) {
            var start = (1L << 32) + (i << 21);
            ranges.addObject().put("start", Requests.hex(start)).put("end", Requests.hex(start + (1L << 20) - 1));
        }
        var created = create(given);
        assertThat(created.at("/memory/systemRam")).hasSize(8192);
        load(nameOf(given), FILE_LOAD);
        int before = elfcorehdr(nameOf(given)).get("phdrCount").intValue();
        hotplug(nameOf(given), """
            {"changes": [{"action": "REMOVE_MEMORY", "range": {"start": "0x200000000", "sizeBytes": 1048576}}]}""");
        var after = machine(nameOf(given)).at("/memory/systemRam");
        assertThat(after).hasSize(8191).isSubsetOf(created.at("/memory/systemRam"));
        assertThat(elfcorehdr(nameOf(given)).get("phdrCount").intValue()).isEqualTo(before - 1);
    }

    @Test
    void aDeletedMachineLeavesItsNameAndKeepsItsHistory() {
        var given = SharedMachine.described("deleted");
        var id = create(given).get("id").stringValue();
        load(nameOf(given), FILE_LOAD);
        assertThat(api().delete("/machines/{machine}", id).statusCode()).isEqualTo(204);
        assertThat(api().get("/machines/{machine}", id).statusCode()).isEqualTo(404);
        create(given);
        assertThat(body(api().get("/machines/{machine}/hotplug-events", id), 200)
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void ofMachinesCreatedAtOnceUnderOneNameThereIsOne() throws InterruptedException {
        var given = text(SharedMachine.described("twin"));
        Callable<Integer> creation = () -> post("/machines", given).statusCode();
        assertThat(AtOnce.run(Duration.ofSeconds(30), Collections.nCopies(8, creation)))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
    }
}
