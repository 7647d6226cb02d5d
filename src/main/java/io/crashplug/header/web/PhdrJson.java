package io.crashplug.header.web;

import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.web.HexAddress;
import io.swagger.v3.oas.annotations.media.Schema;

/** A program header in fields. */
@Schema(name = "Phdr")
public record PhdrJson(
        int index,
        @Schema(example = "PT_LOAD") String type,

        @Schema(description = "7 for readable, writable and executable")
        long flags,

        @Schema(description = "A guest-physical address, where the capture kernel reads")
        HexAddress offset,

        HexAddress virtualAddress,
        HexAddress physicalAddress,
        long fileSizeBytes,
        long memorySizeBytes,
        long align,

        @Schema(
                example = "crash_notes of CPU 3",
                description = "crash_notes of a CPU, vmcoreinfo, kernel text or System RAM. CPUs of a guest that"
                        + " is not known are numbered in the order of their notes.")
        String describes) {

    /** The program header at {@code index}. */
    public static PhdrJson of(int index, Elf64Phdr phdr, String describes) {
        return new PhdrJson(
                index,
                type(phdr),
                Integer.toUnsignedLong(phdr.flags()),
                new HexAddress(phdr.offset()),
                new HexAddress(phdr.vaddr()),
                new HexAddress(phdr.paddr()),
                phdr.filesz(),
                phdr.memsz(),
                phdr.align(),
                describes);
    }

    private static String type(Elf64Phdr phdr) {
        if (phdr.isNote()) {
            return "PT_NOTE";
        }
        return phdr.isLoad() ? "PT_LOAD" : "0x%x".formatted(phdr.type());
    }
}
