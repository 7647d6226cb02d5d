package io.crashplug.api;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A change set that is none is refused before it concerns the machine: its history says nothing of it. */
class RefusedChangeSetTests extends RefusalTest {

    private final String machine = newName("no-set");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
    }

    private static String one(String change) {
        return "{\"changes\": [{%s}]}".formatted(change);
    }

    private static String add(String range) {
        return one("\"action\": \"ADD_MEMORY\", \"range\": {%s}".formatted(range));
    }

    private static String stillListed(String value) {
        return one("\"action\": \"REMOVE_MEMORY\", \"deviceId\": \"d0\", \"stillListed\": " + value);
    }

    private static String cpus(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"action\": \"ADD_CPU\", \"cpu\": 4}")
                .collect(Collectors.joining(", ", "{\"changes\": [", "]}"));
    }

    static Stream<Arguments> sets() {
        return Stream.of(
                row("{}", "/changes", "changes is missing"),
                row("{\"changes\": null}", "/changes", "changes is missing"),
                row("{\"changes\": {}}", "/changes", "the value is not a list"),
                row(cpus(0), "/changes", "a change set has at least one change"),
                row(cpus(1001), "/changes", "1001 items are more than 1000"),
                row("{\"changes\": [null]}", "/changes/0", "changes/0 is missing"),
                row(cpus(1).replace("}]}", "}], \"force\": true}"), "/force", "there is no field \"force\" here"),
                row(
                        cpus(1).replace("}]}", "}], \"whenTooLarge\": \"GROW\"}"),
                        "/whenTooLarge",
                        "\"GROW\" is none of [REFUSE, KEEP_STALE]"),
                row(
                        cpus(1).replace("}]}", "}], \"reason\": \"" + "r".repeat(1001) + "\"}"),
                        "/reason",
                        "reason has 1001 characters, more than 1000"),
                row(cpus(1).replace("}]}", "}], \"reason\": \"\\u0000\"}"), "/reason", "reason holds a NUL character"),
                row(
                        cpus(1).replace("}]}", "}], \"reason\": \"\\ud800\"}"),
                        "/reason",
                        "reason holds half a surrogate pair"),
                row(
                        cpus(2).replace("4}]}", "4, \"cpu\": 5}]}"),
                        "/changes/1",
                        "not JSON at line 1, column 84: Duplicate Object property \"cpu\""));
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                row(one(""), "/changes/0/action", "action is missing"),
                row(
                        one("\"action\": \"ADD_DISK\""),
                        "/changes/0/action",
                        "\"ADD_DISK\" is none of [ADD_CPU, REMOVE_CPU, ONLINE_CPU, OFFLINE_CPU, ADD_MEMORY, REMOVE_MEMORY, ONLINE_MEMORY, OFFLINE_MEMORY]"),
                row(
                        one("\"action\": 4"),
                        "/changes/0/action",
                        "\"4\" is none of [ADD_CPU, REMOVE_CPU, ONLINE_CPU, OFFLINE_CPU, ADD_MEMORY, REMOVE_MEMORY, ONLINE_MEMORY, OFFLINE_MEMORY]"),
                row(one("\"action\": \"ADD_CPU\""), "/changes/0/cpu", "cpu is missing"),
                row(one("\"action\": \"ADD_CPU\", \"cpu\": -1"), "/changes/0/cpu", "CPU -1 is not between 0 and 8191"),
                row(
                        one("\"action\": \"ADD_CPU\", \"cpu\": 8192"),
                        "/changes/0/cpu",
                        "CPU 8192 is not between 0 and 8191"),
                row(
                        one("\"action\": \"ADD_CPU\", \"cpu\": \"4\""),
                        "/changes/0/cpu",
                        "the value is not a whole number within bounds"),
                row(
                        one("\"action\": \"ADD_CPU\", \"cpu\": 4.0"),
                        "/changes/0/cpu",
                        "the value is not a whole number within bounds"),
                row(
                        one("\"action\": \"ADD_CPU\", \"cpu\": 99999999999"),
                        "/changes/0/cpu",
                        "the value is not a whole number within bounds"),
                row(
                        one("\"action\": \"ADD_CPU\", \"cpu\": 4, \"deviceId\": \"d0\""),
                        "/changes/0/deviceId",
                        "ADD_CPU does not take deviceId"),
                row(
                        one("\"action\": \"REMOVE_CPU\", \"cpu\": 1, \"online\": false"),
                        "/changes/0/online",
                        "REMOVE_CPU does not take online"),
                row(one("\"action\": \"ADD_MEMORY\", \"cpu\": 4"), "/changes/0/cpu", "ADD_MEMORY does not take cpu"),
                row(one("\"action\": \"ADD_MEMORY\""), "/changes/0/range", "range is missing"),
                row(
                        one("\"action\": \"ADD_MEMORY\", \"deviceId\": \"d0\""),
                        "/changes/0/deviceId",
                        "ADD_MEMORY does not take deviceId"),
                row(one("\"action\": \"REMOVE_MEMORY\""), "/changes/0/range", "name either a range or a deviceId"),
                row(
                        one("\"action\": \"REMOVE_MEMORY\", \"deviceId\": \"d0\", \"range\":"
                                + " {\"start\": \"0x100000000\", \"sizeBytes\": 134217728}"),
                        "/changes/0/range",
                        "name either a range or a deviceId"),
                row(
                        one("\"action\": \"ONLINE_MEMORY\", \"deviceId\": \"d0\", \"stillListed\": true"),
                        "/changes/0/stillListed",
                        "ONLINE_MEMORY does not take stillListed"),
                row(
                        one("\"action\": \"ADD_CPU\", \"cpu\": 4, \"core\": 1"),
                        "/changes/0/core",
                        "there is no field \"core\" here"));
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                row(
                        add("\"start\": \"0x200000000\", \"end\": \"0x1ffffffff\""),
                        "/changes/0/range/end",
                        "not a physical range: 0x200000000-0x1ffffffff"),
                row(
                        add("\"start\": \"0x200000000\", \"sizeBytes\": 0"),
                        "/changes/0/range/sizeBytes",
                        "a range of 0 bytes is none"),
                row(
                        add("\"start\": \"0x200000000\", \"sizeBytes\": -4096"),
                        "/changes/0/range/sizeBytes",
                        "a range of -4096 bytes is none"),
                row(
                        add("\"start\": \"0x200000000\", \"end\": \"0x200000fff\", \"sizeBytes\": 4096"),
                        "/changes/0/range/sizeBytes",
                        "a range has either end or sizeBytes, not both"),
                row(add("\"start\": \"0x200000000\""), "/changes/0/range/end", "a range needs either end or sizeBytes"),
                row(add("\"sizeBytes\": 4096"), "/changes/0/range/start", "start is missing"),
                row(
                        add("\"start\": 8589934592, \"sizeBytes\": 4096"),
                        "/changes/0/range/start",
                        "the value is not text"),
                row(
                        add("\"start\": \"0x3ffffffff000\", \"sizeBytes\": 4097"),
                        "/changes/0/range",
                        "0x3ffffffff000-0x400000000000 lies above the 46 physical address bits"),
                row(
                        add("\"start\": \"0xfffffffffffff000\", \"sizeBytes\": 4096"),
                        "/changes/0/range/sizeBytes",
                        "not a physical range: 0xfffffffffffff000-0xffffffffffffffff"),
                row(stillListed("\"yes\""), "/changes/0/stillListed", "stillListed is true, false or a range"),
                row(stillListed("[]"), "/changes/0/stillListed", "stillListed is true, false or a range"),
                row(stillListed("{}"), "/changes/0/stillListed/start", "start is missing"),
                row(
                        stillListed("{\"start\": \"0x2000\", \"sizeBytes\": 0}"),
                        "/changes/0/stillListed/sizeBytes",
                        "a range of 0 bytes is none"),
                row(
                        stillListed("{\"start\": \"0x2000\", \"sizeBytes\": 0.5}"),
                        "/changes/0/stillListed/sizeBytes",
                        "the value is not a whole number within bounds"),
                row(
                        stillListed("{\"start\": 2, \"sizeBytes\": 4096}"),
                        "/changes/0/stillListed/start",
                        "the value is not text"),
                row(
                        stillListed("{\"from\": \"0x2000\"}"),
                        "/changes/0/stillListed/from",
                        "there is no field \"from\" here"),
                row(
                        stillListed("[".repeat(2000)),
                        "/changes/0/stillListed",
                        "the value is longer, or nested deeper, than the service reads"));
    }

    @ParameterizedTest
    @MethodSource({"sets", "changes", "ranges"})
    void whatIsNoChangeSetIsRefusedWithItsPlace(String set, String pointer, String sentence) {
        invalid(() -> post("/machines/" + machine + "/hotplug-events", set), pointer, sentence);
    }

    @ParameterizedTest
    @MethodSource({"sets", "changes", "ranges"})
    void whatIsNoChangeSetCannotBeTriedEither(String set, String pointer, String sentence) {
        invalid(() -> post("/machines/" + machine + "/hotplug-events?dryRun=true", set), pointer, sentence);
    }
}
