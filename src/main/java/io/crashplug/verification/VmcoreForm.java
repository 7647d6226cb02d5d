package io.crashplug.verification;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.Pages;
import java.util.ArrayList;

/**
 * What the capture kernel makes of an elfcorehdr at the head of /proc/vmcore ({@code merge_note_headers_elf64()},
 * {@code process_ptload_program_headers_elf64()}, fs/proc/vmcore.c, Linux 6.6): one note for all, and file offsets that
 * count whole pages one after another.
 */
final class VmcoreForm {

    private static final long NOTE_ALIGN = 4;

    private VmcoreForm() {}

    /**
     * The header in its vmcore.
     *
     * @param note the vmcore's note, whose size and alignment follow from what the notes hold, not from the header
     */
    static DecodedHeader of(DecodedHeader header, Elf64Phdr note) {
        var loads = header.phdrs().stream().filter(Elf64Phdr::isLoad).toList();
        int count = 1 + loads.size();
        long at = Pages.roundUp(Elf64Ehdr.SIZE_BYTES + (long) Elf64Phdr.SIZE_BYTES * count);
        var phdrs = new ArrayList<Elf64Phdr>(count);
        // Older kernels left the alignment 0.
        long align = note.align() == 0 ? 0 : NOTE_ALIGN;
        phdrs.add(new Elf64Phdr(Elf64Phdr.PT_NOTE, 0, at, 0, 0, note.memsz(), note.memsz(), align));
        at += Pages.roundUp(note.memsz());
        for (var load : loads) {
            long start = load.offset() & -Pages.SIZE_BYTES;
            phdrs.add(at(load, at + load.offset() - start));
            at += Pages.roundUp(load.offset() + load.memsz()) - start;
        }
        return new DecodedHeader(withPhnum(header.ehdr(), count & 0xffff), phdrs);
    }

    private static Elf64Phdr at(Elf64Phdr load, long offset) {
        return new Elf64Phdr(
                load.type(),
                load.flags(),
                offset,
                load.vaddr(),
                load.paddr(),
                load.filesz(),
                load.memsz(),
                load.align());
    }

    static Elf64Ehdr withPhnum(Elf64Ehdr ehdr, int phnum) {
        return new Elf64Ehdr(
                ehdr.ident(),
                ehdr.type(),
                ehdr.machine(),
                ehdr.version(),
                ehdr.entry(),
                ehdr.phoff(),
                ehdr.shoff(),
                ehdr.flags(),
                ehdr.ehsize(),
                ehdr.phentsize(),
                phnum,
                ehdr.shentsize(),
                ehdr.shnum(),
                ehdr.shstrndx());
    }
}
