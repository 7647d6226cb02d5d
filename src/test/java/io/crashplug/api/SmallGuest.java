package io.crashplug.api;

import io.crashplug.elfcore.PhysicalRange;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** A guest of 8 possible and 4 present CPUs and 2 GiB, whose header takes one page until it has more than 62 ranges. */
final class SmallGuest {

    /** Ranges for which a kernel sets one page aside. */
    static final int ONE_PAGE = 60;

    /** Ranges for which it sets 225 pages aside. */
    static final int LARGE = 16_384;

    private static final long BLOCK_BYTES = 128L << 20;

    private static final String TEXT = """
            {"name": "%s",
             "kernel": {"profile": "%s", "release": "6.12.95+deb12-amd64", "nrCpusDefault": 8,
               "crashMaxMemoryRanges": %d, "elfcorehdrSizeBytes": 4096, "pageOffset": "0xff11000000000000",
               "text": {"physicalAddress": "0x1000000", "virtualAddress": "0xffffffff81000000", "sizeBytes": 46333952}},
             "cpus": {"possible": "0-7", "present": "0-3", "online": "0-2", "crashNotes": [
               {"cpu": 0, "address": "0x6ca3d800"}, {"cpu": 1, "address": "0x6cabd800"},
               {"cpu": 2, "address": "0x6cb3d800"}, {"cpu": 3, "address": "0x6cbbd800"},
               {"cpu": 4, "address": "0x6cc3d800"}, {"cpu": 5, "address": "0x6ccbd800"},
               {"cpu": 6, "address": "0x6cd3d800"}, {"cpu": 7, "address": "0x6cdbd800"}]},
             "memory": {"systemRam": [{"start": "0x1000", "end": "0x9fbff"}, {"start": "0x100000", "end": "0x7ffddfff"},
                 {"start": "0x100000000", "sizeBytes": 134217728, "device": {"type": "DIMM", "id": "d0"}}],
               "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"},
               "vmcoreinfo": {"address": "0x43fa000", "sizeBytes": 4132}}}
            """;

    private SmallGuest() {}

    /** A guest whose kernel sets room aside for as many ranges. */
    static String text(String name, String profile, int crashMaxMemoryRanges) {
        return TEXT.formatted(name, profile, crashMaxMemoryRanges);
    }

    /** Memory that no other block touches; block 0 is the module d0, which the guest has from the beginning. */
    static PhysicalRange block(int i) {
        return PhysicalRange.ofSize(0x1_0000_0000L + i * 2 * BLOCK_BYTES, BLOCK_BYTES);
    }

    static ObjectNode add(int block) {
        return Requests.memory("ADD_MEMORY", block(block));
    }

    static ObjectNode remove(int block) {
        return Requests.memory("REMOVE_MEMORY", block(block));
    }

    /** Adds as many blocks, beginning at one of them. */
    static ObjectNode addAll(int first, int count) {
        return Requests.changeSet(
                IntStream.range(first, first + count).mapToObj(SmallGuest::add).toList());
    }

    /** More memory than one page of header describes. */
    static ObjectNode addTooMuch() {
        return addAll(1, 70);
    }
}
