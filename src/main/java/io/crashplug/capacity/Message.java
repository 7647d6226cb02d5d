package io.crashplug.capacity;

/** What the figures do not say by themselves. */
public record Message(Code code, String detail) {

    /** What a message is about. */
    public enum Code {
        /** Possible CPUs never change while the guest runs. */
        POSSIBLE_CPUS_ARE_FIXED,
        /** How ranges count. */
        HOW_RANGES_COUNT,
        /** No crash image is loaded. */
        NOT_LOADED,
        /** No memory is reserved for a crash kernel, so none can be loaded. */
        NO_CRASH_KERNEL,
        /** No segment of the loaded image holds a header. */
        HEADER_NOT_FOUND,
        /** The kernel rewrites no header. */
        NO_CRASH_HOTPLUG,
        /** The image was loaded without permission to rewrite its header. */
        UPDATE_NOT_PERMITTED,
        /** The layout's header is larger than its segment already. */
        TOO_LARGE,
        /** A KEXEC_FILE_LOAD would be refused, since what it sets aside is too small. */
        FILE_LOAD_TOO_SMALL
    }
}
