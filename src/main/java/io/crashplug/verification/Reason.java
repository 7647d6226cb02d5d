package io.crashplug.verification;

/**
 * Something that holds of a dump.
 *
 * @param detail one sentence with the numbers and ranges
 */
public record Reason(Code code, String detail) {

    /** For programs. */
    public enum Code {
        /** The dump holds the revision in force. */
        MATCHES_CURRENT,
        /** The dump holds an older revision. */
        MATCHES_REVISION,
        /** The dump holds what a rebuild of the layout gives, which no revision equals. */
        MATCHES_LAYOUT,
        /** Memory that was removed last is still listed; the kernel drops it at its next memory event. */
        KERNEL_REMOVAL_LAG,
        /** Memory of the layout is not listed; the kernel lists a range once its first block is online. */
        NOT_ONLINE_YET,
        /** The kernel does not rewrite this header, so it describes the guest as of an earlier moment. */
        NOT_REWRITTEN,
        /** Behind the header lie bytes of a longer one that it replaced. */
        STALE_TAIL,
        /** kexec-tools built the header, and no event has made the kernel rewrite it since. */
        KEXEC_TOOLS_FORMAT,
        /** The header has notes of fewer CPUs than are possible. */
        PRESENT_CPUS_ONLY,
        /** Something differs that no other reason explains. */
        UNEXPLAINED
    }
}
