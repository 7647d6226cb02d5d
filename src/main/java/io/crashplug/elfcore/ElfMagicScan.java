package io.crashplug.elfcore;

import java.util.List;

/** The search for an elfcorehdr whose index is not known ({@code crash_handle_hotplug_event()}, kernel/crash_core.c, Linux 6.6). */
public final class ElfMagicScan {

    private ElfMagicScan() {}

    /**
     * The index of the segment that begins with the ELF magic, or -1. As Linux does: all segments are looked at and the
     * last match wins.
     */
    public static int find(List<SegmentContent> segments) {
        int found = -1;
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).startsWithElfMagic()) {
                found = i;
            }
        }
        return found;
    }
}
