package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Memory that is plugged and not online, of very many parts and of devices of many ranges. */
class OfflinePartsTests extends ApiTest {

    private static String machine(String name, String ranges) {
        return """
                {"name": "%s", "cpus": {"possible": "0", "present": "0"}, "memory": {"systemRam": [%s]}}""".formatted(name, ranges);
    }

    /** Every other page is offline. */
    private static String pages(String name, int offline) {
        var parts = IntStream.range(0, offline)
                .mapToObj(i -> "{\"start\": \"0x%x\", \"sizeBytes\": 4096}".formatted(0x100000000000L + i * 8192L))
                .collect(Collectors.joining(","));
        return machine(
                name,
                "{\"start\": \"0x100000000000\", \"sizeBytes\": %d, \"offlineParts\": [%s]}"
                        .formatted(1L << 30, parts));
    }

    @Test
    void aRangeHasSoManyAtMost() {
        var refused = post("/machines", pages(newName("parts"), InstalledRange.MAX_OFFLINE_PARTS + 1));
        assertThat(body(refused, 400).at("/errors/0/pointer").stringValue())
                .isEqualTo("/memory/systemRam/0/offlineParts");

        var name = newName("parts");
        create(pages(name, InstalledRange.MAX_OFFLINE_PARTS));
        var before = machine(name);
        var one = new PhysicalRange(0x100020000000L, 0x100020000fffL);
        var more = post(
                "/machines/" + name + "/hotplug-events", Requests.changeSet(Requests.memory("OFFLINE_MEMORY", one)));
        SecuredTest.isProblem(more, 422, "machine-too-large");
        assertThat(body(more, 422).get("sequence").longValue()).isEqualTo(1);
        assertThat(machine(name)).isEqualTo(before);
    }

    @Test
    void allRangesOfADeviceGoOfflineAndOnline() {
        var name = newName("device");
        var device = "{\"start\": \"0x%x\", \"sizeBytes\": 4096, \"device\": {\"type\": \"DIMM\", \"id\": \"d\"}}";
        create(machine(
                name,
                IntStream.range(0, 3).mapToObj(i -> device.formatted(i * 8192)).collect(Collectors.joining(","))));
        var offline = "{\"changes\": [{\"action\": \"OFFLINE_MEMORY\", \"deviceId\": \"d\"}]}";
        hotplug(name, offline);
        assertThat(online(name)).containsExactly(false, false, false);
        SecuredTest.isProblem(post("/machines/" + name + "/hotplug-events", offline), 422, "range-not-online");
        hotplug(name, offline.replace("OFFLINE", "ONLINE"));
        assertThat(online(name)).containsExactly(true, true, true);
        SecuredTest.isProblem(
                post("/machines/" + name + "/hotplug-events", offline.replace("OFFLINE", "ONLINE")),
                422,
                "range-already-online");
    }

    private List<Boolean> online(String machine) {
        return machine(machine)
                .at("/memory/systemRam")
                .valueStream()
                .map(range -> range.get("online").booleanValue())
                .toList();
    }
}
