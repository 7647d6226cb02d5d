package io.crashplug.elfcore;

/**
 * The note that describes the kernel to dump tools ({@code paddr_vmcoreinfo_note()}, kernel/crash_core.c, Linux 6.6).
 *
 * @param address guest-physical, unsigned
 * @param sizeBytes size of the note with its header; {@link #SIZE_BYTES} on every kernel covered here
 */
public record Vmcoreinfo(long address, long sizeBytes) {

    /** VMCOREINFO_NOTE_SIZE: a note header, its name, and a page of text (include/linux/vmcore_info.h, Linux 6.6). */
    public static final long SIZE_BYTES = 4132;

    /** Stands in where the address is not known. */
    public static final Vmcoreinfo UNKNOWN = new Vmcoreinfo(0, SIZE_BYTES);

    public Vmcoreinfo {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a note of %d bytes is none".formatted(sizeBytes));
        }
    }
}
