package io.crashplug.elfcore;

/** Which segments the purgatory's SHA-256 covers ({@code kexec_calculate_store_digests()}, kernel/kexec_file.c, Linux 6.6). */
public enum DigestRule {
    /** No crash hotplug: all of them, so a header must not change after the load. */
    COVERS_ALL {
        @Override
        boolean leavesOut(int segment, int elfcorehdrIndex) {
            return false;
        }
    },

    /**
     * RFC v2 and Linux 6.6 to 6.10. As Linux does: the elfcorehdr's index is compared with the number of regions stored
     * so far, which never grows past 0 when the elfcorehdr is segment 0, so every segment is left out. Elsewhere the
     * header is of kexec_load, whose userspace leaves out that one.
     */
    LEAVES_OUT_ALL_AT_INDEX_0 {
        @Override
        boolean leavesOut(int segment, int elfcorehdrIndex) {
            return elfcorehdrIndex == 0 || segment == elfcorehdrIndex;
        }
    },

    /** Linux 6.11 and later: the elfcorehdr and nothing else (commit 6dacd79d2884). */
    LEAVES_OUT_ELFCOREHDR {
        @Override
        boolean leavesOut(int segment, int elfcorehdrIndex) {
            return segment == elfcorehdrIndex;
        }
    };

    /**
     * Whether the digest passes over a segment.
     *
     * @param elfcorehdrIndex the segment that is left out on purpose; -1 for none
     */
    abstract boolean leavesOut(int segment, int elfcorehdrIndex);
}
