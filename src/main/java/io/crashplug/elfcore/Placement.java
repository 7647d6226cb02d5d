package io.crashplug.elfcore;

import org.jspecify.annotations.Nullable;

/** Where kexec_file_load puts the elfcorehdr ({@code kexec_add_buffer()}, kernel/kexec_file.c; arch/x86/kernel/crash.c, Linux 6.6). */
public final class Placement {

    private Placement() {}

    /**
     * The segment for a header, or null for -EADDRNOTAVAIL: on x86 it is the first one placed, bottom up, on a page of
     * the reservation.
     *
     * @param crashKernel the reservation ({@code crashk_res}); the low one is never used
     */
    public static @Nullable KexecSegment ofElfcorehdr(
            PhysicalRange crashKernel, HeaderReservation reservation, ElfCoreHeader built) {
        long mem = Pages.roundUp(crashKernel.start());
        long memsz = reservation.memszBytes();
        return mem + memsz - 1 <= crashKernel.end() ? new KexecSegment(mem, memsz, built.elfsz()) : null;
    }
}
