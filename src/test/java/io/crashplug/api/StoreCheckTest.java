package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Checks of a store of its own, which may be damaged. */
@TestPropertySource(properties = "crashplug.test.store=damaged")
abstract class StoreCheckTest extends ApiTest {

    @Autowired
    JdbcClient database;

    UUID id(String machine) {
        return UUID.fromString(machine(machine).get("id").stringValue());
    }

    /** A machine with six entries and four revisions, of which the last is in force; its id. */
    UUID storied(String name) {
        create(SmallGuest.text(name, "LINUX_6_9", SmallGuest.LARGE));
        load(name, Requests.FILE_LOAD);
        hotplug(name, SmallGuest.addAll(1, 1));
        body(post("/machines/%s/hotplug-events".formatted(name), SmallGuest.addAll(0, 1)), 422);
        hotplug(name, SmallGuest.addAll(2, 1));
        hotplug(name, Requests.changeSet(SmallGuest.remove(1)));
        hotplug(name, "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}");
        return id(name);
    }

    JsonNode check(Object machine) {
        return body(api().queryParam("machine", machine).get("/store-checks"), 200);
    }

    /** What is wrong with a machine, {@code CHECK revision sequence: sentence}, hashes as # and the machine as M. */
    List<String> findings(Object machine) {
        var checked = check(machine);
        assertThat(checked.get("checkedMachines").intValue()).isEqualTo(1);
        assertThat(checked.get("nextPageToken").isNull()).isTrue();
        return checked.get("items").valueStream().map(StoreCheckTest::line).toList();
    }

    static String line(JsonNode finding) {
        var detail = finding.get("detail")
                .stringValue()
                .replaceAll("\\b[0-9a-f]{64}\\b", "#")
                .replace(finding.get("machineId").stringValue(), "M");
        return "%s %s %s: %s"
                .formatted(
                        finding.get("check").stringValue(),
                        finding.get("revision").isNull() ? "-" : finding.get("revision"),
                        finding.get("sequence").isNull() ? "-" : finding.get("sequence"),
                        detail);
    }

    /** Damages rows of a machine, which the statement calls :m. */
    void damage(UUID machine, String sql) {
        assertThat(database.sql(sql).param("m", machine).update()).as(sql).isPositive();
    }

    /** Turns a bit of stored bytes around. */
    void flip(UUID machine, String table, String condition, int at) {
        var where = " from %s where machine_id = :m and %s".formatted(table, condition);
        var bytes = database.sql("select bytes" + where)
                .param("m", machine)
                .query(byte[].class)
                .single();
        bytes[at < 0 ? bytes.length + at : at] ^= 1;
        replace(machine, table, condition, bytes);
    }

    void replace(UUID machine, String table, String condition, byte[] bytes) {
        assertThat(database.sql("update %s set bytes = :bytes where machine_id = :m and %s".formatted(table, condition))
                        .param("bytes", bytes)
                        .param("m", machine)
                        .update())
                .isEqualTo(1);
    }
}
