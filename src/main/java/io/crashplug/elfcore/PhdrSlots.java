package io.crashplug.elfcore;

/**
 * Program headers for which the kernel makes room in an elfcorehdr, whether or not it then writes them ({@code
 * crash_prepare_elf64_headers()}, kernel/crash_core.c, Linux 6.6). They decide the header's size.
 */
public record PhdrSlots(long count) {

    /**
     * The slots of a header.
     *
     * @param possibleCpus possible CPUs, which count even where only present ones are listed
     * @param memoryRanges ranges of System RAM that are left after the exclusions
     */
    public static PhdrSlots of(int possibleCpus, int memoryRanges) {
        // One for vmcoreinfo and, as Linux does, one for kernel text even where none is written.
        return new PhdrSlots((long) possibleCpus + 1 + 1 + memoryRanges);
    }

    /** The most slots of a header that fits so many bytes, unsigned; a header takes whole pages only. */
    public static PhdrSlots in(long sizeBytes) {
        long usable = sizeBytes & -Pages.SIZE_BYTES;
        return new PhdrSlots(
                usable == 0 ? 0 : Long.divideUnsigned(usable - Elf64Ehdr.SIZE_BYTES, Elf64Phdr.SIZE_BYTES));
    }

    /** The size in bytes of a header with these slots, a multiple of 4096. */
    public long elfsz() {
        return Pages.roundUp(Elf64Ehdr.SIZE_BYTES + Elf64Phdr.SIZE_BYTES * count);
    }

    /** How many more slots fit so many bytes, unsigned; negative for as many too many. */
    public long freeIn(long sizeBytes) {
        return in(sizeBytes).count - count;
    }
}
