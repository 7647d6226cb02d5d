package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The eight actions under RFC v2, which rewrites the header at every kernel event. */
class ActionTests extends ApiTest {

    private static final String D0 = "100000000-107ffffff";
    private static final String NEXT = "\"range\": {\"start\": \"0x108000000\", \"sizeBytes\": 134217728}";
    private static final String HALF = "\"range\": {\"start\": \"0x100000000\", \"sizeBytes\": 67108864}";

    private final String machine = newName("action");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "RFC_V2", SmallGuest.LARGE));
    }

    /** Change sets with the outcome, present and online CPUs, memory above 4 GiB, and program headers afterwards. */
    static Stream<Arguments> changeSets() {
        return Stream.of(
                arguments("ADD_CPU 'cpu': 4", "REBUILT", "0-4 0-2,4", D0, 10),
                arguments("ADD_CPU 'cpu': 4, 'online': false", "UNCHANGED", "0-4 0-2", D0, 9),
                arguments("ONLINE_CPU 'cpu': 3", "UNCHANGED", "0-3 0-3", D0, 9),
                // This one header leaves the CPU's note out.
                arguments("OFFLINE_CPU 'cpu': 2", "REBUILT", "0-3 0-1", D0, 8),
                arguments("OFFLINE_CPU 'cpu': 2; ONLINE_CPU 'cpu': 2", "UNCHANGED", "0-3 0-2", D0, 9),
                arguments("REMOVE_CPU 'cpu': 2", "REBUILT", "0-1,3 0-1", D0, 8),
                // No handler hears of a CPU that goes after it was offline.
                arguments("REMOVE_CPU 'cpu': 3", "UNCHANGED", "0-2 0-2", D0, 9),
                arguments("ADD_CPU 'cpu': 4; REMOVE_CPU 'cpu': 4", "UNCHANGED", "0-3 0-2", D0, 9),
                arguments("ADD_MEMORY " + NEXT, "REBUILT", "0-3 0-2", D0 + ",108000000-10fffffff", 10),
                arguments(
                        "ADD_MEMORY " + NEXT + ", 'online': false",
                        "UNCHANGED",
                        "0-3 0-2",
                        D0 + ",108000000-10fffffff offline",
                        9),
                // A memory event lists every present CPU, also one that the same set took offline.
                arguments(
                        "OFFLINE_CPU 'cpu': 2; ADD_MEMORY " + NEXT,
                        "REBUILT",
                        "0-3 0-1",
                        D0 + ",108000000-10fffffff",
                        10),
                arguments("REMOVE_MEMORY 'deviceId': 'd0'", "REBUILT", "0-3 0-2", "", 8),
                arguments("REMOVE_MEMORY 'deviceId': 'd0', 'stillListed': true", "UNCHANGED", "0-3 0-2", "", 9),
                arguments("OFFLINE_MEMORY 'deviceId': 'd0'", "UNCHANGED", "0-3 0-2", D0 + " offline", 9),
                arguments("OFFLINE_MEMORY " + HALF, "UNCHANGED", "0-3 0-2", D0 + " but 100000000-103ffffff", 9),
                arguments(
                        "OFFLINE_MEMORY 'deviceId': 'd0'; ONLINE_MEMORY " + HALF,
                        "UNCHANGED",
                        "0-3 0-2",
                        D0 + " but 104000000-107ffffff",
                        9),
                // Neighbouring ranges of one virtio-mem device are one, and it may lose its head or tail.
                arguments(
                        "ADD_MEMORY 'range': {'start': '0x180000000', 'sizeBytes': 4096}, 'device': {'type': 'VIRTIO_MEM',"
                                + " 'id': 'v0'}; ADD_MEMORY 'range': {'start': '0x180001000', 'sizeBytes': 8192},"
                                + " 'device': {'type': 'VIRTIO_MEM', 'id': 'v0'}; REMOVE_MEMORY 'range': {'start':"
                                + " '0x180002000', 'sizeBytes': 4096}",
                        "REBUILT",
                        "0-3 0-2",
                        D0 + ",180000000-180001fff",
                        10));
    }

    /** A change set of actions between semicolons, in single quotes. */
    private static String changeSet(String actions) {
        return Stream.of(actions.replace('\'', '"').split("; "))
                .map(action -> action.split(" ", 2))
                .map(parts -> "{\"action\": \"%s\", %s}".formatted(parts[0], parts[1]))
                .collect(Collectors.joining(", ", "{\"changes\": [", "]}"));
    }

    @ParameterizedTest
    @MethodSource("changeSets")
    void aChangeSetMakesTheLayoutAndTheHeader(
            String actions, String outcome, String cpus, String memory, int phdrCount) {
        load(machine, Requests.FILE_LOAD);

        var event = hotplug(machine, changeSet(actions));

        assertThat(event.get("outcome").stringValue()).isEqualTo(outcome);
        assertThat(layout()).isEqualTo(cpus + " " + memory);
        assertThat(elfcorehdr(machine).get("phdrCount").intValue()).isEqualTo(phdrCount);
        boolean altered = !layout().equals("0-3 0-2 " + D0);
        assertThat(machine(machine).get("generation").intValue()).isEqualTo(altered ? 2 : 1);
    }

    @ParameterizedTest
    @MethodSource("changeSets")
    void withoutAnImageOnlyTheLayoutChanges(String actions, String outcome, String cpus, String memory, int phdrCount) {
        var event = hotplug(machine, changeSet(actions));

        assertThat(event.get("outcome").stringValue()).isEqualTo("NO_IMAGE");
        assertThat(event.get("header").isNull()).isTrue();
        assertThat(layout()).isEqualTo(cpus + " " + memory);
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False NotLoaded");
    }

    /** Present and online CPUs, and the memory above 4 GiB. */
    private String layout() {
        var state = machine(machine);
        return state.get("cpus").get("present").stringValue()
                + " " + state.get("cpus").get("online").stringValue()
                + " "
                + state.get("memory")
                        .get("systemRam")
                        .valueStream()
                        .filter(range -> range.get("start").stringValue().length() > 10)
                        .map(ActionTests::range)
                        .collect(Collectors.joining(","));
    }

    private static String range(JsonNode range) {
        var text = plain(range);
        if (!range.get("online").booleanValue()) {
            return text + " offline";
        }
        return range.has("offlineParts")
                ? text + " but " + plain(range.get("offlineParts").get(0))
                : text;
    }

    private static String plain(JsonNode range) {
        return range.get("start").stringValue().substring(2) + "-"
                + range.get("end").stringValue().substring(2);
    }

    @Test
    void noHeaderDescribesAMachineWithoutMemory() {
        load(machine, Requests.FILE_LOAD);
        var all = "REMOVE_MEMORY 'range': {'start': '0x1000', 'end': '0x9fbff'}; REMOVE_MEMORY 'range': {'start':"
                + " '0x100000', 'end': '0x7ffddfff'}; REMOVE_MEMORY 'deviceId': 'd0'";

        var problem = body(post("/machines/" + machine + "/hotplug-events", changeSet(all)), 422);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/elfcorehdr-not-buildable");
        assertThat(problem.get("detail").stringValue()).isEqualTo("unable to prepare elfcore headers");
        assertThat(problem.get("errno").stringValue()).isEqualTo("ENOMEM");
        assertThat(problem.get("sequence").intValue()).isEqualTo(2);

        var kept = changeSet(all).replace("]}", "], \"whenTooLarge\": \"KEEP_STALE\"}");
        assertThat(hotplug(machine, kept).get("outcome").stringValue()).isEqualTo("NOT_BUILDABLE");
        assertThat(machine(machine).get("memory").get("systemRam")).isEmpty();
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False NotBuildable");
    }
}
