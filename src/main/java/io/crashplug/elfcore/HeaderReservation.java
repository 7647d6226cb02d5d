package io.crashplug.elfcore;

/**
 * What kexec_file_load sets aside for the header.
 *
 * @param elfHeadersSizeBytes {@code image->elf_headers_sz}, not rounded
 * @param indexKnown whether the kernel remembers the segment's index, or must search for the ELF magic later
 */
public record HeaderReservation(long elfHeadersSizeBytes, boolean indexKnown) {

    /** The segment's {@code memsz}: {@code kexec_add_buffer()} rounds up to whole pages (kernel/kexec_file.c, Linux 6.6). */
    public long memszBytes() {
        return Pages.roundUp(elfHeadersSizeBytes);
    }
}
