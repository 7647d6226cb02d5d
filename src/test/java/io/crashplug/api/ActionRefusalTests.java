package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each of the eight actions cannot do on a guest whose CPUs 0 to 2 are online, 3 is present and 4 to 7 are not there. */
class ActionRefusalTests extends RefusalTest {

    private static final String MODULE = "\"range\": {\"start\": \"0x100000000\", \"sizeBytes\": 134217728}";
    private static final String HALF = "\"range\": {\"start\": \"0x100000000\", \"sizeBytes\": 67108864}";
    private static final String NOWHERE = "\"range\": {\"start\": \"0x200000000\", \"sizeBytes\": 4096}";

    private final String machine = newName("action");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "RFC_V2", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);
    }

    private static String one(String action, String target) {
        return "{\"action\": \"%s\", %s}".formatted(action, target);
    }

    private static String set(String... changes) {
        return "{\"changes\": [%s]}".formatted(String.join(", ", changes));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(
                        set(one("ADD_CPU", "\"cpu\": 8")),
                        "cpu-not-possible",
                        "CPU 8 is not among the possible CPUs 0-7"),
                arguments(set(one("ADD_CPU", "\"cpu\": 1")), "cpu-already-present", "CPU 1 is present already"),
                arguments(
                        set(one("REMOVE_CPU", "\"cpu\": 4")),
                        "cpu-not-present",
                        "CPU 4 is not among the present CPUs 0-3"),
                arguments(
                        set(one("ONLINE_CPU", "\"cpu\": 4")),
                        "cpu-not-present",
                        "CPU 4 is not among the present CPUs 0-3"),
                arguments(set(one("ONLINE_CPU", "\"cpu\": 0")), "cpu-already-online", "CPU 0 is online already"),
                arguments(
                        set(one("OFFLINE_CPU", "\"cpu\": 7")),
                        "cpu-not-present",
                        "CPU 7 is not among the present CPUs 0-3"),
                arguments(set(one("OFFLINE_CPU", "\"cpu\": 3")), "cpu-not-online", "CPU 3 is not online"),
                arguments(
                        set(one("REMOVE_CPU", "\"cpu\": 2"), one("OFFLINE_CPU", "\"cpu\": 2")),
                        "cpu-not-present",
                        "CPU 2 is not among the present CPUs 0-1,3"),
                arguments(
                        set(one("ADD_MEMORY", HALF)),
                        "range-overlap",
                        "0x100000000-0x107ffffff overlaps System RAM 0x100000000-0x103ffffff"),
                arguments(
                        set(one("REMOVE_MEMORY", NOWHERE)),
                        "range-not-present",
                        "0x200000000-0x200000fff lies in no System RAM range"),
                arguments(
                        set(one("REMOVE_MEMORY", HALF)),
                        "range-not-present",
                        "0x100000000-0x103ffffff is only part of the System RAM range 0x100000000-0x107ffffff"),
                arguments(
                        set(one("REMOVE_MEMORY", "\"deviceId\": \"d1\"")),
                        "range-not-present",
                        "no System RAM belongs to device \"d1\""),
                arguments(
                        set(one(
                                "REMOVE_MEMORY",
                                MODULE + ", \"stillListed\": {\"start\": \"0x107fff000\", \"sizeBytes\": 8192}")),
                        "range-not-present",
                        "stillListed 0x107fff000-0x108000fff is no part of the removed range 0x100000000-0x107ffffff"),
                arguments(
                        set(one("ONLINE_MEMORY", MODULE)),
                        "range-already-online",
                        "0x100000000-0x107ffffff is online already"),
                arguments(
                        set(one("ONLINE_MEMORY", NOWHERE)),
                        "range-not-present",
                        "0x200000000-0x200000fff lies in no System RAM range"),
                arguments(
                        set(one("OFFLINE_MEMORY", HALF), one("OFFLINE_MEMORY", HALF)),
                        "range-not-online",
                        "0x100000000-0x103ffffff is not online"),
                arguments(
                        set(one("OFFLINE_MEMORY", "\"deviceId\": \"d1\"")),
                        "range-not-present",
                        "no System RAM belongs to device \"d1\""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheGuestCannotDoIsRefusedInASentence(String changeSet, String type, String sentence) {
        var problem =
                refusedAndKept(() -> post("/machines/" + machine + "/hotplug-events", changeSet), 422, type, sentence);

        assertThat(problem.get("changeIndex").intValue())
                .isEqualTo(JSON.readTree(changeSet).get("changes").size() - 1);
    }

    /** The changes are possible one by one; what the kernel would list after all of them is not. */
    @Test
    void memoryCannotBeAddedWhereSomeIsStillListed() {
        var changeSet = set(one("REMOVE_MEMORY", MODULE + ", \"stillListed\": true"), one("ADD_MEMORY", HALF));

        var problem = refusedAndKept(
                () -> post("/machines/" + machine + "/hotplug-events", changeSet),
                422,
                "range-overlap",
                "0x100000000-0x103ffffff overlaps System RAM 0x100000000-0x107ffffff");

        assertThat(problem.has("changeIndex")).isFalse();
    }
}
