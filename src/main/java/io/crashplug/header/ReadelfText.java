package io.crashplug.header;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A header in words, as {@code readelf -h -l -W} of binutils 2.40 prints it. */
public final class ReadelfText {

    private static final int IDENT_BYTES = 16;

    private ReadelfText() {}

    public static String of(DecodedHeader header) {
        var text = new StringBuilder();
        ehdr(text, header.ehdr());
        text.append("\nProgram Headers:\n");
        text.append("  Type           Offset   VirtAddr           PhysAddr           FileSiz  MemSiz   Flg Align\n");
        header.phdrs().forEach(phdr -> phdr(text, phdr));
        return text.toString();
    }

    private static void ehdr(StringBuilder text, Elf64Ehdr ehdr) {
        var magic = IntStream.range(0, IDENT_BYTES)
                .mapToObj(i -> "%02x ".formatted(ehdr.ident(i)))
                .collect(Collectors.joining());
        text.append("ELF Header:\n");
        text.append("  Magic:   ").append(magic).append('\n');
        line(text, "Class:", "ELF64");
        line(text, "Data:", "2's complement, little endian");
        line(text, "Version:", ehdr.ident(6) == 1 ? "1 (current)" : String.valueOf(ehdr.ident(6)));
        line(text, "OS/ABI:", ehdr.ident(7) == 0 ? "UNIX - System V" : "<unknown: %x>".formatted(ehdr.ident(7)));
        line(text, "ABI Version:", String.valueOf(ehdr.ident(8)));
        line(text, "Type:", "CORE (Core file)");
        line(text, "Machine:", "Advanced Micro Devices X86-64");
        line(text, "Version:", "0x%x".formatted(ehdr.version()));
        line(text, "Entry point address:", "0x%x".formatted(ehdr.entry()));
        line(text, "Start of program headers:", "%d (bytes into file)".formatted(ehdr.phoff()));
        line(text, "Start of section headers:", "%d (bytes into file)".formatted(ehdr.shoff()));
        line(text, "Flags:", "0x%x".formatted(ehdr.flags()));
        line(text, "Size of this header:", "%d (bytes)".formatted(ehdr.ehsize()));
        line(text, "Size of program headers:", "%d (bytes)".formatted(ehdr.phentsize()));
        line(text, "Number of program headers:", String.valueOf(ehdr.phnum()));
        line(text, "Size of section headers:", "%d (bytes)".formatted(ehdr.shentsize()));
        line(text, "Number of section headers:", String.valueOf(ehdr.shnum()));
        line(text, "Section header string table index:", String.valueOf(ehdr.shstrndx()));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  %-34s %s\n".formatted(name, value));
    }

    private static void phdr(StringBuilder text, Elf64Phdr phdr) {
        text.append("  %-14s 0x%06x 0x%016x 0x%016x 0x%06x 0x%06x %s%s%s %s\n"
                .formatted(
                        type(phdr),
                        phdr.offset(),
                        phdr.vaddr(),
                        phdr.paddr(),
                        phdr.filesz(),
                        phdr.memsz(),
                        (phdr.flags() & 4) != 0 ? "R" : " ",
                        (phdr.flags() & 2) != 0 ? "W" : " ",
                        (phdr.flags() & 1) != 0 ? "E" : " ",
                        phdr.align() == 0 ? "0" : "0x%x".formatted(phdr.align())));
    }

    private static String type(Elf64Phdr phdr) {
        if (phdr.isNote()) {
            return "NOTE";
        }
        return phdr.isLoad() ? "LOAD" : "<unknown>: %x".formatted(phdr.type());
    }
}
