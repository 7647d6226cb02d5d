package io.crashplug.elfcore;

/**
 * Build options of a kernel that decide how large the elfcorehdr segment is.
 *
 * @param nrCpusDefault CONFIG_NR_CPUS_DEFAULT, not negative
 * @param crashMaxMemoryRanges CONFIG_CRASH_MAX_MEMORY_RANGES, not negative
 * @param memoryHotplug CONFIG_MEMORY_HOTPLUG
 * @param elfcorehdrSizeBytes CONFIG_CRASH_HOTPLUG_ELFCOREHDR_SZ of RFC v2, an unsigned 32-bit number
 */
public record KernelConfig(
        int nrCpusDefault, int crashMaxMemoryRanges, boolean memoryHotplug, long elfcorehdrSizeBytes) {

    /** The x86_64 defaults (arch/x86/Kconfig, Linux 6.6; the last one of RFC v2). */
    public static final KernelConfig DEFAULT = new KernelConfig(64, 8192, true, 131072);

    private static final long MAX_SIZE_BYTES = 0xffffffffL;

    public KernelConfig {
        if (nrCpusDefault < 0
                || crashMaxMemoryRanges < 0
                || elfcorehdrSizeBytes < 0
                || elfcorehdrSizeBytes > MAX_SIZE_BYTES) {
            throw new IllegalArgumentException("a kernel is not configured with a limit below 0 or a size above 4 GiB");
        }
    }

    /**
     * What /sys/kernel/crash_elfcorehdr_size reads ({@code crash_get_elfcorehdr_size()}, arch/x86/kernel/crash.c, Linux
     * 6.6): program headers only, without the ELF header and not rounded, as an unsigned 32-bit number.
     */
    public long crashElfcorehdrSizeBytes() {
        long phdrs = 2L + nrCpusDefault + (memoryHotplug ? crashMaxMemoryRanges : 0);
        return Elf64Phdr.SIZE_BYTES * phdrs & 0xffffffffL;
    }
}
