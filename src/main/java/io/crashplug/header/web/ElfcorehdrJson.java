package io.crashplug.header.web;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.Elfcorehdr;
import io.crashplug.web.HexAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An elfcorehdr in fields, as it is answered. What belongs to a segment or a history is null without one. */
@Schema(name = "Elfcorehdr")
record ElfcorehdrJson(
        int elfszBytes,

        @Schema(description = "Size of the header's segment") @Nullable
        BigInteger memszBytes,

        @Schema(description = "Where the segment lies") @Nullable
        HexAddress mem,

        @Schema(description = "Program headers emitted; ehdr.phnum holds this modulo 65536")
        int phdrCount,

        @Schema(
                description = "Program headers that fit the segment beyond this header's. Every possible CPU and the"
                        + " kernel text count, as in the kernel, also where no header is written for them; capacity"
                        + " says the same of a rebuild.")
        @Nullable
        Long headroomPhdrs,

        @Schema(description = "SHA-256 of the elfszBytes bytes")
        String sha256,

        @Schema(description = "Number of these bytes, counted over all loads") @Nullable
        Long revision,

        @Schema(description = "The layout it was built from; null also if it was built elsewhere") @Nullable
        Long generation,

        @Schema(description = "Since when it is in force") @Nullable
        Instant at,

        EhdrJson ehdr,
        List<PhdrJson> phdrs) {

    static ElfcorehdrJson of(Elfcorehdr header) {
        var decoded = header.requireDecoded();
        var describes = header.descriptions().of(decoded.phdrs());
        var inForce = Optional.ofNullable(header.inForce());
        var segment = Optional.ofNullable(header.segment()).map(SegmentContent::memszBytes);
        return new ElfcorehdrJson(
                header.elfszBytes(),
                segment.map(memsz -> new BigInteger(Long.toUnsignedString(memsz)))
                        .orElse(null),
                header.mem() == null ? null : new HexAddress(header.mem()),
                header.phdrCount(),
                header.headroomPhdrs(),
                header.bytes().sha256(),
                inForce.map(HeaderInForce::revision).orElse(null),
                inForce.map(HeaderInForce::generation).orElse(null),
                inForce.map(HeaderInForce::at).orElse(null),
                EhdrJson.of(decoded.ehdr()),
                IntStream.range(0, describes.size())
                        .mapToObj(i -> PhdrJson.of(i, decoded.phdrs().get(i), describes.get(i)))
                        .toList());
    }
}
