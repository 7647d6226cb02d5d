package io.crashplug.elfcore;

/**
 * Memory of the capture kernel's that kexec fills, {@code struct kexec_segment} (include/linux/kexec.h, Linux 6.6).
 *
 * @param mem guest-physical address, unsigned: kexec_load may be handed any 64-bit number
 * @param memsz bytes reserved, unsigned
 * @param bufsz bytes handed over, unsigned; the rest up to memsz is zeroed
 */
public record KexecSegment(long mem, long memsz, long bufsz) {

    /** The byte after the last, modulo 2^64. */
    long memEnd() {
        return mem + memsz;
    }
}
