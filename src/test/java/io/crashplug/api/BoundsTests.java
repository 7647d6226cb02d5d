package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is too long, too high or contradicts itself is refused in a sentence, and never trips an answer. */
class BoundsTests extends ApiTest {

    private static final int MOST_RANGES = 70_000;

    private static ObjectNode machineOf(String name, int ranges) {
        var machine = JsonNodeFactory.instance.objectNode().put("name", name);
        machine.putObject("cpus").put("possible", "0").put("present", "0");
        var ram = machine.putObject("memory").putArray("systemRam");
        for (long i = 0; i < ranges; i++) {
            ram.addObject().put("start", Requests.hex(0x100000L + i * 0x2000)).put("sizeBytes", 0x1000);
        }
        return machine;
    }

    @Test
    void aMachineGrowsUntilItHasTheMostRanges() {
        var name = newName("wide");
        assertThat(post("/machines", machineOf(name, MOST_RANGES - 1)).statusCode())
                .isEqualTo(201);
        var add = """
                {"changes": [{"action": "ADD_MEMORY", "range": {"start": "%s", "sizeBytes": 4096}}]}""";
        hotplug(name, add.formatted("0x1000000000"));
        var problem = body(post("/machines/" + name + "/hotplug-events", add.formatted("0x1000002000")), 422);
        assertThat(problem.get("detail").stringValue()).isEqualTo("70001 ranges of System RAM are more than 70000");
        assertThat(machine(name).get("memory").get("systemRam")).hasSize(MOST_RANGES);
    }

    @Test
    void oneRangeMoreIsRefused() {
        var problem = body(post("/machines", machineOf(newName("wider"), MOST_RANGES + 1)), 422);
        assertThat(problem.get("detail").stringValue()).isEqualTo("70001 ranges of System RAM are more than 70000");
    }

    @Test
    void aDeviceIdHasABound() {
        var name = newName("device");
        create(machineOf(name, 1));
        var problem = body(
                post(
                        "/machines/" + name + "/hotplug-events",
                        "{\"changes\": [{\"action\": \"REMOVE_MEMORY\", \"deviceId\": \"%s\"}]}"
                                .formatted("d".repeat(129))),
                400);
        assertThat(problem.get("errors").get(0).get("pointer").stringValue()).isEqualTo("/changes/0/deviceId");
        assertThat(problem.get("detail").stringValue()).isEqualTo("deviceId has 129 characters, more than 128");
    }

    @Test
    void aDumpedHeaderWithASizeBeyondAllMemoryIsRefused() {
        var header = new byte[4096];
        var recorded =
                io.crashplug.testdata.Recordings.steps("k612-nokaslr").get(1).head();
        System.arraycopy(recorded, 0, header, 0, recorded.length);
        // p_memsz of the first note, its last byte
        header[64 + 47] = (byte) 0xff;
        var bundle = JsonNodeFactory.instance
                .objectNode()
                .put("name", newName("odd"))
                .put("iomem", "00001000-0009fbff : System RAM\n")
                .put("elfcorehdr", Base64.getEncoder().encodeToString(header));
        var problem = body(post("/machine-imports", bundle), 400);
        assertThat(problem.get("errors").get(0).get("pointer").stringValue()).isEqualTo("/elfcorehdr");
        assertThat(problem.get("detail").stringValue()).isEqualTo("a program header is of 2^63 bytes or more");
    }

    @Test
    void memoryAboveWhatAnyGuestAddressesIsRefused() {
        var bundle = JsonNodeFactory.instance
                .objectNode()
                .put("name", newName("high"))
                .put("iomem", "0000000000000000-7fffffffffffffff : System RAM\n");
        assertThat(body(post("/machine-imports", bundle), 400).get("detail").stringValue())
                .isEqualTo("line 1 is no range of memory");
    }

    @Test
    void aLabelsValueMayHoldACommaAndCannotBeTwoThings() {
        var name = newName("label");
        var machine = machineOf(name, 1);
        machine.putObject("labels").put("racks", "a,b").put("owner", name);
        create(machine);
        var found = body(api().queryParam("label", "racks=a,b", "owner=" + name).get("/machines"), 200);
        assertThat(found.get("items")).hasSize(1);
        assertThat(body(api().queryParam("label", "k=a", "k=b").get("/machines"), 400)
                        .get("detail")
                        .stringValue())
                .isEqualTo("k cannot be both a and b");
    }
}
