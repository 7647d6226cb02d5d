package io.crashplug.verification;

/** What a dump holds. */
public enum DumpKind {
    /** The elfcorehdr, up to its last page. */
    HEADER,
    /** The elfcorehdr and bytes of its segment behind it. */
    SEGMENT,
    /** The beginning of /proc/vmcore, as the capture kernel rewrote the elfcorehdr ({@code vmcore_init()}, fs/proc/vmcore.c, Linux 6.6). */
    VMCORE
}
