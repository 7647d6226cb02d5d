package io.crashplug.scale;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The machines that fleets are made of, and what happens to them, as requests. */
final class Guests {

    static final String FILE_LOAD = "{\"loadPath\": \"KEXEC_FILE_LOAD\"}";

    private static final long BLOCK_BYTES = 128L << 20;
    private static final long FIRST_BLOCK = 1L << 32;

    private Guests() {}

    /** A guest of 8 CPUs and 2 GiB. */
    static String small(String name, String profile, String tier, int crashMaxMemoryRanges) {
        return text(name, profile, tier, crashMaxMemoryRanges, 8, 2);
    }

    /** A guest of as many CPUs and ranges, with room in its header for 16,384 ranges. */
    static String large(String name, int cpus, int ranges) {
        return text(name, "LINUX_6_9", "large", 16_384, cpus, ranges);
    }

    private static String text(
            String name, String profile, String tier, int crashMaxMemoryRanges, int cpus, int ranges) {
        var notes = IntStream.range(0, cpus)
                .mapToObj(cpu -> "{\"cpu\": %d, \"address\": \"0x%x\"}".formatted(cpu, 0x6000_0000L + cpu * 0x1000L))
                .collect(Collectors.joining(","));
        var blocks = IntStream.range(0, ranges - 2)
                .mapToObj(block -> ",{%s, \"device\": {\"type\": \"DIMM\", \"id\": \"m%d\", \"node\": 0}}"
                        .formatted(bounds(2 * block + 1), block))
                .collect(Collectors.joining());
        return """
                {"name": "%s", "labels": {"host": "h", "env": "prod", "tier": "%s"},
                 "kernel": {"profile": "%s", "release": "6.12.95+deb12-amd64", "nrCpusDefault": %d,
                   "crashMaxMemoryRanges": %d, "elfcorehdrSizeBytes": 131072, "pageOffset": "0xff11000000000000",
                   "physicalAddressBits": 52, "text": {"physicalAddress": "0x1000000",
                   "virtualAddress": "0xffffffff81000000", "sizeBytes": 46333952}},
                 "cpus": {"possible": "0-%d", "present": "0-%d", "crashNotes": [%s]},
                 "memory": {"systemRam": [{"start": "0x1000", "end": "0x9fbff"},
                     {"start": "0x100000", "end": "0x7ffddfff"}%s],
                   "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"},
                   "vmcoreinfo": {"address": "0x43fa000", "sizeBytes": 4132}}}
                """.formatted(name, tier, profile, cpus, crashMaxMemoryRanges, cpus - 1, cpus - 2, notes, blocks);
    }

    /** The bundle of a guest of as many CPUs and ranges, as its own script would describe it. */
    static String bundle(String name, int cpus, int ranges) {
        var iomem = new StringBuilder("00001000-0009fbff : System RAM\\n00100000-7ffddfff : System RAM\\n");
        iomem.append("  6f000000-7effffff : Crash kernel\\n");
        for (int block = 0; block < ranges - 2; block++) {
            long start = start(2 * block + 1);
            iomem.append("%x-%x : System RAM\\n".formatted(start, start + BLOCK_BYTES - 1));
        }
        var notes = IntStream.range(0, cpus)
                .mapToObj(cpu -> "{\"cpu\": %d, \"address\": \"0x%x\", \"sizeBytes\": 368}"
                        .formatted(cpu, 0x6000_0000L + cpu * 0x1000L))
                .collect(Collectors.joining(","));
        return """
                {"source": "guest", "name": "%s", "kernelRelease": "6.12.95+deb12-amd64", "iomem": "%s",
                 "cpus": {"possible": "0-%d", "present": "0-%d"}, "crashNotes": [%s],
                 "vmcoreinfo": "0x00000000043fa000 1024", "pageOffset": "0xff11000000000000",
                 "kernelText": {"virtualAddress": "0xffffffff81000000", "physicalAddress": "0x1000000",
                 "sizeBytes": 46333952}, "nrCpusDefault": 8192, "crashMaxMemoryRanges": 8192,
                 "crashHotplug": {"cpu": true, "memory": true}, "kexecCrashLoaded": true}
                """.formatted(name, iomem, cpus - 1, cpus - 1, notes);
    }

    /** Plugs a memory block that no other touches; those of the guest itself have odd numbers. */
    static String add(int block) {
        return changes("{\"action\": \"ADD_MEMORY\", \"range\": {%s}}".formatted(bounds(block)), "");
    }

    static String remove(int block) {
        return changes("{\"action\": \"REMOVE_MEMORY\", \"range\": {%s}}".formatted(bounds(block)), "");
    }

    /** Removes a block that the kernel goes on listing. */
    static String removeStillListed(int block) {
        return changes(
                "{\"action\": \"REMOVE_MEMORY\", \"range\": {%s}, \"stillListed\": true}".formatted(bounds(block)), "");
    }

    static String addCpu(int cpu) {
        return changes("{\"action\": \"ADD_CPU\", \"cpu\": %d}".formatted(cpu), "");
    }

    static String removeCpu(int cpu) {
        return changes("{\"action\": \"REMOVE_CPU\", \"cpu\": %d}".formatted(cpu), "");
    }

    /** Plugs more than one page of header describes, as the guest has done already. */
    static String addTooMany(int first, int count) {
        return changes(
                IntStream.range(first, first + count)
                        .mapToObj(block -> "{\"action\": \"ADD_MEMORY\", \"range\": {%s}}".formatted(bounds(2 * block)))
                        .collect(Collectors.joining(",")),
                ", \"whenTooLarge\": \"KEEP_STALE\"");
    }

    private static String changes(String changes, String more) {
        return "{\"changes\": [%s], \"reason\": \"benchmark\"%s}".formatted(changes, more);
    }

    private static String bounds(int block) {
        return "\"start\": \"0x%x\", \"sizeBytes\": %d".formatted(start(block), BLOCK_BYTES);
    }

    private static long start(int block) {
        return FIRST_BLOCK + block * BLOCK_BYTES;
    }
}
