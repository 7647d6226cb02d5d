package io.crashplug.diff;

import io.crashplug.elfcore.Elf64Phdr;

/**
 * A program header where it stands.
 *
 * @param index its position among the program headers of its elfcorehdr, from 0
 * @param describes what it describes, such as {@code crash_notes of CPU 3}
 */
public record DescribedPhdr(int index, Elf64Phdr phdr, String describes) {

    /** What it describes, with the physical addresses of memory: {@code System RAM 0x110000000-0x117ffffff}. */
    public String words() {
        if (phdr.isNote()) {
            return describes;
        }
        return phdr.memsz() == 0
                ? "%s at 0x%x of 0 bytes".formatted(describes, phdr.paddr())
                : "%s 0x%x-0x%x".formatted(describes, phdr.paddr(), end() - 1);
    }

    /** The first physical address behind what it describes, unsigned; wraps where the fields say so. */
    long end() {
        return phdr.paddr() + phdr.memsz();
    }
}
