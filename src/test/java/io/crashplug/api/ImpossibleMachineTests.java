package io.crashplug.api;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts of a machine that are missing, out of bounds or contradict each other. */
class ImpossibleMachineTests extends RefusalTest {

    private static final String CPUS = "{\"possible\": \"0-3\", \"present\": \"0\"}";
    private static final String RAM = "{\"systemRam\": [{\"start\": \"0x100000\", \"sizeBytes\": 4096}]}";

    private static String machine(String cpus, String memory) {
        return "{\"name\": \"a\", \"cpus\": %s, \"memory\": %s}".formatted(cpus, memory);
    }

    private static String ram(String... ranges) {
        return machine(CPUS, "{\"systemRam\": [%s]}".formatted(String.join(", ", ranges)));
    }

    private static String memory(String more) {
        return machine(CPUS, RAM.replace("]}", "], %s}".formatted(more)));
    }

    private static String kernel(String field) {
        return machine(CPUS, RAM).replace("\"cpus\"", "\"kernel\": {%s}, \"cpus\"".formatted(field));
    }

    private static String labels(int count) {
        return IntStream.range(0, count).mapToObj("\"k%d\": \"\""::formatted).collect(Collectors.joining(", "));
    }

    static Stream<Arguments> facts() {
        return Stream.of(
                row("{\"cpus\": %s, \"memory\": %s}".formatted(CPUS, RAM), "/name", "name is missing"),
                row("{\"name\": \"a\", \"memory\": %s}".formatted(RAM), "/cpus", "cpus is missing"),
                row("{\"name\": \"a\", \"cpus\": %s}".formatted(CPUS), "/memory", "memory is missing"),
                row(machine("{\"present\": \"0\"}", RAM), "/cpus/possible", "possible is missing"),
                row(machine("{\"possible\": \"0\"}", RAM), "/cpus/present", "present is missing"),
                row(machine(CPUS, "{}"), "/memory/systemRam", "systemRam is missing"),
                row(ram(), "/memory/systemRam", "a machine has at least one range of System RAM"),
                row(ram("null"), "/memory/systemRam/0", "systemRam/0 is missing"),
                row(ram("{\"sizeBytes\": 4096}"), "/memory/systemRam/0/start", "start is missing"),
                row(ram("{\"start\": \"0x1000\"}"), "/memory/systemRam/0/end", "a range needs either end or sizeBytes"),
                row(
                        ram("{\"start\": \"0x2000\", \"end\": \"0x1fff\"}"),
                        "/memory/systemRam/0/end",
                        "not a physical range: 0x2000-0x1fff"),
                row(
                        ram("{\"start\": \"0x2000\", \"sizeBytes\": 0}"),
                        "/memory/systemRam/0/sizeBytes",
                        "a range of 0 bytes is none"),
                row(
                        ram("{\"start\": \"0x2000\", \"sizeBytes\": -1}"),
                        "/memory/systemRam/0/sizeBytes",
                        "a range of -1 bytes is none"),
                row(
                        ram("{\"start\": \"0x2000\", \"end\": \"0x2fff\", \"sizeBytes\": 4096}"),
                        "/memory/systemRam/0/sizeBytes",
                        "a range has either end or sizeBytes, not both"),
                row(
                        ram("{\"start\": \"4096\", \"sizeBytes\": 1}"),
                        "/memory/systemRam/0/start",
                        "\"4096\" is not an address such as \"0x140000000\""),
                row(
                        ram("{\"start\": \"0x\", \"sizeBytes\": 1}"),
                        "/memory/systemRam/0/start",
                        "\"0x\" is not an address such as \"0x140000000\""),
                row(
                        ram("{\"start\": \"0x10000000000000000\", \"sizeBytes\": 1}"),
                        "/memory/systemRam/0/start",
                        "\"0x10000000000000000\" is not an address such as \"0x140000000\""),
                row(
                        ram("{\"start\": \"0x8000000000000000\", \"sizeBytes\": 1}"),
                        "/memory/systemRam/0/sizeBytes",
                        "not a physical range: 0x8000000000000000-0x8000000000000000"),
                row(
                        ram("{\"start\": \"0x1000\", \"sizeBytes\": 9223372036854775807}"),
                        "/memory/systemRam/0/sizeBytes",
                        "not a physical range: 0x1000-0x8000000000000ffe"),
                row(
                        ram("{\"start\": \"0x3ffffffff000\", \"sizeBytes\": 4097}"),
                        "/memory/systemRam/0",
                        "0x3ffffffff000-0x400000000000 lies above the 46 physical address bits"),
                row(
                        ram(
                                "{\"start\": \"0x0\", \"sizeBytes\": 4096, \"device\": {\"type\": \"DIMM\", \"id\": \"\"}}"),
                        "/memory/systemRam/0/device/id",
                        "id is empty"),
                row(
                        ram(
                                "{\"start\": \"0x0\", \"sizeBytes\": 4096, \"device\": {\"type\": \"TAPE\", \"id\": \"d\"}}"),
                        "/memory/systemRam/0/device/type",
                        "\"TAPE\" is none of [DIMM, NVDIMM, VIRTIO_MEM]"),
                row(
                        ram("{\"start\": \"0x0\", \"sizeBytes\": 4096, \"device\":"
                                + " {\"type\": \"DIMM\", \"id\": \"d\", \"slot\": -1}}"),
                        "/memory/systemRam/0/device/slot",
                        "slot is -1, not between 0 and 2147483647"),
                row(
                        ram("{\"start\": \"0x0\", \"sizeBytes\": 4096, \"offlineParts\":"
                                + " [{\"start\": \"0x0\", \"sizeBytes\": 8192}]}"),
                        "/memory/systemRam/0/offlineParts",
                        "0x0-0x1fff is no part of 0x0-0xfff"),
                row(
                        memory("\"crashKernel\": {\"start\": \"0x2000\", \"end\": \"0x1000\"}"),
                        "/memory/crashKernel/end",
                        "not a physical range: 0x2000-0x1000"),
                row(
                        memory("\"crashKernel\": {\"start\": \"0x2000\"}"),
                        "/memory/crashKernel/end",
                        "a range needs either end or sizeBytes"),
                row(
                        memory("\"vmcoreinfo\": {\"sizeBytes\": 4132}"),
                        "/memory/vmcoreinfo/address",
                        "address is missing"),
                row(
                        machine("{\"possible\": \"3-0\", \"present\": \"0\"}", RAM),
                        "/cpus/possible",
                        "CPU list \"3-0\" counts down in \"3-0\""),
                row(
                        machine("{\"possible\": \"all\", \"present\": \"0\"}", RAM),
                        "/cpus/possible",
                        "\"all\" is not a CPU list such as \"0-3,7\""),
                row(
                        machine("{\"possible\": \"0-8192\", \"present\": \"0\"}", RAM),
                        "/cpus/possible",
                        "CPU 8192 is not between 0 and 8191"),
                row(
                        machine(CPUS.replace("}", ", \"crashNotes\": [{\"cpu\": 4, \"address\": \"0x0\"}]}"), RAM),
                        "/cpus/crashNotes/0/cpu",
                        "CPU 4 is not among the possible CPUs"),
                row(
                        machine(
                                CPUS.replace(
                                        "}",
                                        ", \"crashNotes\": [{\"cpu\": 0, \"address\": \"0x0\"},"
                                                + " {\"cpu\": 0, \"address\": \"0x0\"}]}"),
                                RAM),
                        "/cpus/crashNotes/1/cpu",
                        "CPU 0 has two notes"),
                row(
                        machine(CPUS.replace("}", ", \"crashNoteSizeBytes\": -1}"), RAM),
                        "/cpus/crashNoteSizeBytes",
                        "crashNoteSizeBytes is -1, not between 0 and 9223372036854775807"),
                row(
                        kernel("\"physicalAddressBits\": 31"),
                        "/kernel/physicalAddressBits",
                        "physicalAddressBits is 31, not between 32 and 52"),
                row(
                        kernel("\"physicalAddressBits\": 53"),
                        "/kernel/physicalAddressBits",
                        "physicalAddressBits is 53, not between 32 and 52"),
                row(
                        kernel("\"nrCpusDefault\": -1"),
                        "/kernel/nrCpusDefault",
                        "nrCpusDefault is -1, not between 0 and 2147483647"),
                row(
                        kernel("\"elfcorehdrSizeBytes\": 4294967296"),
                        "/kernel/elfcorehdrSizeBytes",
                        "elfcorehdrSizeBytes is 4294967296, not between 0 and 4294967295"),
                row(
                        kernel("\"release\": \"%s\"".formatted("6".repeat(256))),
                        "/kernel/release",
                        "release has 256 characters, more than 255"),
                row(
                        kernel("\"text\": {\"physicalAddress\": \"0x0\", \"virtualAddress\": \"0x0\"}"),
                        "/kernel/text/sizeBytes",
                        "sizeBytes is missing"),
                row(
                        machine(CPUS, RAM).replace("\"cpus\"", "\"labels\": {%s}, \"cpus\"".formatted(labels(65))),
                        "/labels",
                        "65 labels are more than 64"),
                row(
                        machine(CPUS, RAM).replace("\"cpus\"", "\"labels\": {\"a=b\": \"\"}, \"cpus\""),
                        "/labels/a=b",
                        "a label's key is not empty and holds no \"=\""),
                row(
                        machine(CPUS, RAM).replace("\"cpus\"", "\"description\": \"a\\u0000b\", \"cpus\""),
                        "/description",
                        "description holds a NUL character"));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void aFactThatNoGuestHasIsNamed(String body, String pointer, String sentence) {
        invalid(() -> post("/machines", body), pointer, sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "-a",
                "_a",
                "a b",
                "a/b",
                "a\\\\b",
                "a%2fb",
                "a;b",
                "a\\n",
                "vm-\u00e4",
                "\u0430",
                "0188b9f2-7c1e-7a40-8f55-000000000001",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void aNameThatCouldNotStandInAPathIsRefused(String name) {
        invalid(
                () -> post("/machines", machine(CPUS, RAM).replace("\"a\"", "\"%s\"".formatted(name))),
                "/name",
                "a name begins with a letter or digit, has up to 63 letters, digits, dots, underscores and hyphens,"
                        + " and is not a UUID");
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                row(
                        machine("{\"possible\": \"0-3\", \"present\": \"2-5\"}", RAM),
                        "cpu-not-possible",
                        "present CPUs 4-5 are not among the possible CPUs 0-3"),
                row(
                        machine("{\"possible\": \"0-3\", \"present\": \"0-1\", \"online\": \"0,2-3\"}", RAM),
                        "cpu-not-present",
                        "online CPUs 2-3 are not among the present CPUs 0-1"),
                row(
                        ram(
                                "{\"start\": \"0x2fff\", \"sizeBytes\": 1}",
                                "{\"start\": \"0x1000\", \"end\": \"0x2fff\"}"),
                        "range-overlap",
                        "0x2fff-0x2fff overlaps System RAM 0x1000-0x2fff"));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aLayoutThatNoGuestHasIsRefused(String body, String type, String sentence) {
        refused(() -> post("/machines", body), 422, type, sentence);
    }
}
