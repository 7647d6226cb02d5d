package io.crashplug.speed;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the machines of the benchmark are: 8 possible CPUs and 16 ranges, under a kernel that sets 225 pages aside for the
 * header; and the change sets that they are sent, each of which changes the header.
 */
final class Guest {

    /** Changes of a large change set. */
    static final int SET_OF = 100;

    private static final int RANGES = 16;
    private static final long BLOCK_BYTES = 128L << 20;

    private static final String TEXT = """
            {"name": "%s",
             "kernel": {"profile": "LINUX_6_9", "release": "6.12.95+deb12-amd64", "nrCpusDefault": 8,
               "crashMaxMemoryRanges": 16384, "elfcorehdrSizeBytes": 4096, "pageOffset": "0xff11000000000000",
               "text": {"physicalAddress": "0x1000000", "virtualAddress": "0xffffffff81000000", "sizeBytes": 46333952}},
             "cpus": {"possible": "0-7", "present": "0-3", "crashNotes": [%s]},
             "memory": {"systemRam": [{"start": "0x1000", "end": "0x9fbff"}, {"start": "0x100000", "end": "0x7ffddfff"},
                 %s],
               "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"},
               "vmcoreinfo": {"address": "0x43fa000", "sizeBytes": 4132}}}
            """;

    private Guest() {}

    /** The request that registers one. */
    static String text(String name) {
        var notes = IntStream.range(0, 8)
                .mapToObj(cpu -> "{\"cpu\": %d, \"address\": \"0x%x\"}".formatted(cpu, 0x6ca3d800L + cpu * 0x80000L));
        var blocks = IntStream.range(0, RANGES - 2).mapToObj(block -> "{%s, %s}".formatted(range(block), dimm(block)));
        return TEXT.formatted(name, notes.collect(Collectors.joining(", ")), blocks.collect(Collectors.joining(", ")));
    }

    /** Plugs one DIMM in between others. */
    static String add() {
        return "{\"changes\": [%s]}".formatted(add(RANGES));
    }

    /** Takes it out again. */
    static String remove() {
        return "{\"changes\": [%s]}".formatted(remove(RANGES));
    }

    static String addMany() {
        return many(IntStream.range(RANGES + 1, RANGES + 1 + SET_OF)
                .mapToObj(Guest::add)
                .collect(Collectors.joining(", ")));
    }

    static String removeMany() {
        return many(IntStream.range(RANGES + 1, RANGES + 1 + SET_OF)
                .mapToObj(Guest::remove)
                .collect(Collectors.joining(", ")));
    }

    private static String many(String changes) {
        return "{\"changes\": [%s]}".formatted(changes);
    }

    private static String add(int block) {
        return "{\"action\": \"ADD_MEMORY\", \"range\": {%s}, %s}".formatted(range(block), dimm(block));
    }

    private static String remove(int block) {
        return "{\"action\": \"REMOVE_MEMORY\", \"range\": {%s}}".formatted(range(block));
    }

    private static String range(int block) {
        return "\"start\": \"0x%x\", \"sizeBytes\": %d".formatted((1L << 32) + 2 * block * BLOCK_BYTES, BLOCK_BYTES);
    }

    private static String dimm(int block) {
        return "\"device\": {\"type\": \"DIMM\", \"id\": \"d%d\", \"slot\": %d}".formatted(block, block);
    }
}
