package io.crashplug.header.web;

import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.web.HexAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HexFormat;

/** The ELF header in fields, named as readelf prints them. */
@Schema(name = "Ehdr")
record EhdrJson(
        @Schema(description = "e_ident in hexadecimal") String ident,
        @Schema(description = "4: a core file") int type,
        @Schema(description = "62: x86_64") int machine,
        long version,
        HexAddress entry,
        long phoff,
        long shoff,
        long flags,
        int ehsize,
        int phentsize,
        @Schema(description = "As stored, 16 bits") int phnum,
        int shentsize,
        int shnum,
        int shstrndx) {

    static EhdrJson of(Elf64Ehdr ehdr) {
        return new EhdrJson(
                HexFormat.of().formatHex(ehdr.ident().toByteArray()),
                ehdr.type(),
                ehdr.machine(),
                Integer.toUnsignedLong(ehdr.version()),
                new HexAddress(ehdr.entry()),
                ehdr.phoff(),
                ehdr.shoff(),
                Integer.toUnsignedLong(ehdr.flags()),
                ehdr.ehsize(),
                ehdr.phentsize(),
                ehdr.phnum(),
                ehdr.shentsize(),
                ehdr.shnum(),
                ehdr.shstrndx());
    }
}
