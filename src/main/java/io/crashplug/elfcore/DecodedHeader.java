package io.crashplug.elfcore;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The fields of an elfcorehdr read back from its bytes.
 *
 * @param phdrs the program headers in order, as many as were emitted
 */
public record DecodedHeader(Elf64Ehdr ehdr, List<Elf64Phdr> phdrs) {

    public DecodedHeader {
        phdrs = List.copyOf(phdrs);
    }

    /**
     * Reads a header that says itself how many program headers it has.
     *
     * @throws NotAnElfCoreHeader if the bytes are anything but a little-endian ELF64 core header of x86_64, or end
     *     before its last program header
     */
    public static DecodedHeader parse(HeaderBytes bytes) {
        return parse(bytes, checkedEhdr(bytes).phnum());
    }

    /**
     * As {@link #parse(HeaderBytes)}, for a header known to have {@code phdrCount} program headers: e_phnum holds that
     * number modulo 65,536.
     */
    public static DecodedHeader parse(HeaderBytes bytes, int phdrCount) {
        var ehdr = checkedEhdr(bytes);
        long needed = ehdr.phoff() + (long) Elf64Phdr.SIZE_BYTES * phdrCount;
        if (needed > bytes.length()) {
            throw new NotAnElfCoreHeader("%d program headers end at byte %d, but there are only %d bytes"
                    .formatted(phdrCount, needed, bytes.length()));
        }
        int first = (int) ehdr.phoff();
        var phdrs = IntStream.range(0, phdrCount)
                .mapToObj(i -> Elf64Phdr.read(bytes.shared(), first + i * Elf64Phdr.SIZE_BYTES))
                .toList();
        return new DecodedHeader(ehdr, phdrs);
    }

    /**
     * Whether a capture kernel made it for /proc/vmcore: the notes are merged into one, and have an offset in that file; in an
     * elfcorehdr it is their physical address. Source: merge_note_headers_elf64(), fs/proc/vmcore.c, Linux 6.6.
     */
    public boolean isOfVmcore() {
        return phdrs.stream().filter(Elf64Phdr::isNote).limit(2).count() == 1
                && phdrs.get(0).isNote()
                && phdrs.get(0).offset() != phdrs.get(0).paddr();
    }

    private static Elf64Ehdr checkedEhdr(HeaderBytes bytes) {
        if (bytes.length() < Elf64Ehdr.SIZE_BYTES) {
            throw new NotAnElfCoreHeader(
                    "%d bytes are fewer than the %d of an ELF header".formatted(bytes.length(), Elf64Ehdr.SIZE_BYTES));
        }
        var ehdr = Elf64Ehdr.read(bytes.shared());
        for (int i = 0; i < Elf64Ehdr.MAGIC.length; i++) {
            require(ehdr.ident(i), Elf64Ehdr.MAGIC[i], "byte %d of the ELF magic".formatted(i));
        }
        require(ehdr.ident(4), Elf64Ehdr.CLASS_64, "the ELF class");
        require(ehdr.ident(5), Elf64Ehdr.LITTLE_ENDIAN, "the ELF data encoding");
        require(ehdr.type(), Elf64Ehdr.TYPE_CORE, "e_type");
        require(ehdr.machine(), Elf64Ehdr.MACHINE_X86_64, "e_machine");
        require(ehdr.phentsize(), Elf64Phdr.SIZE_BYTES, "e_phentsize");
        if (ehdr.phoff() < Elf64Ehdr.SIZE_BYTES || ehdr.phoff() > bytes.length()) {
            throw new NotAnElfCoreHeader("e_phoff %s lies outside the %d bytes"
                    .formatted(Long.toUnsignedString(ehdr.phoff()), bytes.length()));
        }
        return ehdr;
    }

    private static void require(int found, int expected, String what) {
        if (found != expected) {
            throw new NotAnElfCoreHeader("%s is %d, not %d".formatted(what, found, expected));
        }
    }
}
