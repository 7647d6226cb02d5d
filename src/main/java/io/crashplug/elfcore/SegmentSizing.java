package io.crashplug.elfcore;

/** How much memory kexec_file_load reserves for the elfcorehdr ({@code crash_load_segments()}, arch/x86/kernel/crash.c, Linux 6.6). */
public enum SegmentSizing {

    /** Kernels without crash hotplug: just what was built. */
    AS_BUILT {
        @Override
        HeaderReservation reserve(KernelConfig config, ElfCoreHeader built) {
            return new HeaderReservation(built.elfsz(), false);
        }
    },

    /** RFC v2: CONFIG_CRASH_HOTPLUG_ELFCOREHDR_SZ, whatever was built. */
    CONFIGURED {
        @Override
        HeaderReservation reserve(KernelConfig config, ElfCoreHeader built) {
            return new HeaderReservation(config.elfcorehdrSizeBytes(), true);
        }
    },

    /** Linux 6.6 and later: for as many CPUs and ranges as the kernel was configured for. */
    FOR_MAXIMUM {
        @Override
        HeaderReservation reserve(KernelConfig config, ElfCoreHeader built) {
            long phdrs = 2L
                    + config.nrCpusDefault()
                    + (config.memoryHotplug() ? config.crashMaxMemoryRanges() : built.memoryRanges());
            // As Linux does: too many headers for e_phnum fall back to the built size, and the index stays unknown.
            return phdrs < Elf64Ehdr.PN_XNUM
                    ? new HeaderReservation(Elf64Ehdr.SIZE_BYTES + Elf64Phdr.SIZE_BYTES * phdrs, true)
                    : new HeaderReservation(built.elfsz(), false);
        }
    };

    abstract HeaderReservation reserve(KernelConfig config, ElfCoreHeader built);
}
