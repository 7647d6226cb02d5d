package io.crashplug.elfcore;

/**
 * The kernel's own mapping, {@code _text} to {@code _end}, which gets a PT_LOAD of its own on x86_64.
 *
 * @param virtualAddress of {@code _text}, unsigned
 * @param physicalAddress where that lies in guest-physical memory, unsigned
 * @param sizeBytes from {@code _text} to {@code _end}
 */
public record KernelText(long virtualAddress, long physicalAddress, long sizeBytes) {

    /** __START_KERNEL_map: kernel text is mapped at or above it, the direct map below (Documentation/arch/x86/x86_64/mm.rst). */
    public static final long START_KERNEL_MAP = 0xffffffff80000000L;

    /** Whether what is mapped there is kernel text, and no part of the direct map. */
    public static boolean isMappedAt(long virtualAddress) {
        return Long.compareUnsigned(virtualAddress, START_KERNEL_MAP) >= 0;
    }

    public KernelText {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("kernel text of %d bytes is none".formatted(sizeBytes));
        }
    }
}
