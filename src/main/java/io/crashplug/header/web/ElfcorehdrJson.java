package io.crashplug.header.web;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.Pages;
import io.crashplug.header.Descriptions;
import io.crashplug.header.ReadElfcorehdr.ElfcorehdrInForce;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.HexAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An elfcorehdr in fields, as it is answered. */
@Schema(name = "Elfcorehdr")
record ElfcorehdrJson(
        int elfszBytes,

        @Schema(description = "Size of the header's segment")
        long memszBytes,

        @Schema(description = "Where the segment lies") HexAddress mem,

        @Schema(description = "Program headers emitted; ehdr.phnum holds this modulo 65536")
        int phdrCount,

        @Schema(description = "Program headers for which the segment has room beyond those")
        long headroomPhdrs,

        @Schema(description = "SHA-256 of the elfszBytes bytes")
        String sha256,

        @Schema(description = "Number of these bytes, counted over all loads")
        long revision,

        @Schema(description = "The layout it was built from; null if it was built elsewhere") @Nullable
        Long generation,

        @Schema(description = "Since when it is in force") Instant at,
        EhdrJson ehdr,
        List<PhdrJson> phdrs) {

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
            var ident = new StringBuilder();
            for (int i = 0; i < ehdr.ident().length(); i++) {
                ident.append("%02x".formatted(ehdr.ident(i)));
            }
            return new EhdrJson(
                    ident.toString(),
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

    /** A program header in fields. */
    @Schema(name = "Phdr")
    record PhdrJson(
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
            @Schema(example = "crash_notes of CPU 3") String describes) {

        static PhdrJson of(int index, Elf64Phdr phdr, String describes) {
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

    static ElfcorehdrJson of(ElfcorehdrInForce inForce) {
        var header = inForce.header();
        var decoded = decoded(inForce);
        long memsz = inForce.segment().memszBytes();
        return new ElfcorehdrJson(
                header.elfszBytes(),
                memsz,
                new HexAddress(inForce.mem()),
                header.phdrCount(),
                headroom(memsz, header.phdrCount()),
                header.sha256(),
                header.revision(),
                header.generation(),
                header.at(),
                EhdrJson.of(decoded.ehdr()),
                phdrs(decoded, inForce.descriptions()));
    }

    static DecodedHeader decoded(ElfcorehdrInForce inForce) {
        return inForce.header()
                .decode(inForce.segment())
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "the segment begins with the ELF magic but holds no elfcorehdr; ask for its bytes")
                        .toException());
    }

    static List<PhdrJson> phdrs(DecodedHeader decoded, Descriptions descriptions) {
        var describes = descriptions.of(decoded.phdrs());
        return IntStream.range(0, decoded.phdrs().size())
                .mapToObj(i -> PhdrJson.of(i, decoded.phdrs().get(i), describes.get(i)))
                .toList();
    }

    /** A header grows by whole pages, so only whole pages of its segment count. */
    static long headroom(long memszBytes, int phdrCount) {
        long usable = Long.divideUnsigned(memszBytes, Pages.SIZE_BYTES) * Pages.SIZE_BYTES;
        return Math.max(0, (usable - Elf64Ehdr.SIZE_BYTES) / Elf64Phdr.SIZE_BYTES - phdrCount);
    }
}
