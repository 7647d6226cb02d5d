package io.crashplug.verification;

import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.PhysicalRange;
import java.util.List;
import java.util.stream.Collectors;

/** How ranges and program headers read in sentences. */
final class Words {

    private static final int MOST_SHOWN = 16;

    private Words() {}

    /** Ranges in their order; of many only the first. */
    static String of(List<PhysicalRange> ranges) {
        var shown =
                ranges.stream().limit(MOST_SHOWN).map(PhysicalRange::toString).collect(Collectors.joining(", "));
        int more = ranges.size() - MOST_SHOWN;
        return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
    }

    static String of(Elf64Phdr phdr) {
        var type = phdr.isNote() ? "PT_NOTE" : phdr.isLoad() ? "PT_LOAD" : "type 0x%x".formatted(phdr.type());
        return "%s (offset 0x%x, vaddr 0x%x, paddr 0x%x, filesz 0x%x, memsz 0x%x, flags 0x%x, align 0x%x)"
                .formatted(
                        type,
                        phdr.offset(),
                        phdr.vaddr(),
                        phdr.paddr(),
                        phdr.filesz(),
                        phdr.memsz(),
                        phdr.flags(),
                        phdr.align());
    }
}
