package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.crashimage.CrashImage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sentences and lists that grow with a machine, at their longest, find room in the database. */
class LongTextTests extends ApiTest {

    private static final String GUEST = """
            {"name": "%s", "cpus": {"possible": "%s", "present": "0"},
             "memory": {"systemRam": [{"start": "0x100000", "sizeBytes": 2147483648}, %s],
               "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"}}}
            """;

    private final String machine = newName("long");

    private static String everySecond(int below) {
        return IntStream.range(0, below / 2)
                .mapToObj(i -> String.valueOf(2 * i))
                .collect(Collectors.joining(","));
    }

    private static String pages(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> "{\"start\": \"%s\", \"sizeBytes\": 4096, \"device\": {\"type\": \"DIMM\", \"id\": \"d\"}}"
                                .formatted(Requests.hex(0x1_0000_0000L + i * 0x10000L)))
                .collect(Collectors.joining(", "));
    }

    @Test
    void aRefusalNamesAllPossibleCpus() {
        create(GUEST.formatted(machine, everySecond(8192), pages(1)));

        var problem = body(post("/machines/" + machine + "/hotplug-events", """
                        {"changes": [{"action": "ADD_CPU", "cpu": 1}]}
                        """), 422);

        var sentence = "CPU 1 is not among the possible CPUs " + everySecond(8192);
        assertThat(problem.get("detail").stringValue()).isEqualTo(sentence);
        var entry = body(api().get("/machines/{machine}/hotplug-events/1", machine), 200);
        assertThat(entry.get("detail").stringValue()).isEqualTo(sentence);
    }

    @Test
    void thousandsOfRangesMayStillBeListed() {
        create(GUEST.formatted(machine, "0-3", pages(5000)));
        load(machine, Requests.FILE_LOAD);

        var event = hotplug(machine, """
                {"changes": [{"action": "REMOVE_MEMORY", "deviceId": "d", "stillListed": true}]}
                """);

        assertThat(event.get("outcome").stringValue()).isEqualTo("UNCHANGED");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False KernelRemovalLag");
        assertThat(machine(machine).get("memory").get("systemRam")).hasSize(1);
    }

    @Test
    void ofVeryManyThatIsRefused() {
        create(GUEST.formatted(machine, "0-3", pages(CrashImage.MOST_REMOVED + 1)));
        var answer = post("/machines/" + machine + "/hotplug-events", """
                {"changes": [{"action": "REMOVE_MEMORY", "deviceId": "d", "stillListed": true}]}
                """);
        var problem = body(answer, 422);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/machine-too-large");
        assertThat(problem.get("most").intValue()).isEqualTo(CrashImage.MOST_REMOVED);
    }
}
