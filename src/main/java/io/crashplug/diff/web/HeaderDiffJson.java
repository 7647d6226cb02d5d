package io.crashplug.diff.web;

import io.crashplug.diff.ByteDifferences;
import io.crashplug.diff.DescribedPhdr;
import io.crashplug.diff.HeaderDiff;
import io.crashplug.header.web.PhdrJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What differs between two elfcorehdrs, as it is answered. */
@Schema(name = "HeaderDiff")
public record HeaderDiffJson(
        @Schema(description = "Whether nothing differs") boolean same,

        @Schema(
                example =
                        "program headers: 0 removed, 1 added, 0 changed; ELF header fields: 1 changed; bytes: 31 differ")
        String summary,

        int elfszBytesBefore,
        int elfszBytesAfter,

        @Schema(description = "Fields of the ELF header that differ")
        List<FieldChangeJson> ehdr,

        @Schema(description = "Program headers that only the first has; index is the position there")
        List<PhdrJson> removed,

        @Schema(description = "Program headers that only the second has; index is the position there")
        List<PhdrJson> added,

        @Schema(description = "Program headers that both have, with other fields")
        List<ChangedPhdrJson> changed,

        @Schema(description = "Bytes that differ, those of no field included; behind the shorter header zeros count")
        int differingBytes,

        @Schema(description = "In how many ranges these bytes lie")
        int byteRangeCount,

        @Schema(
                description = "The first " + ByteDifferences.MAX_LISTED + " of these ranges. Those with at most one"
                        + " program header of equal bytes between them are one.")
        List<ByteRangeJson> byteRanges) {

    public static HeaderDiffJson of(HeaderDiff diff) {
        return new HeaderDiffJson(
                diff.isEmpty(),
                diff.summary(),
                diff.elfszBytesBefore(),
                diff.elfszBytesAfter(),
                diff.ehdr().stream().map(FieldChangeJson::of).toList(),
                diff.removed().stream().map(HeaderDiffJson::phdr).toList(),
                diff.added().stream().map(HeaderDiffJson::phdr).toList(),
                diff.changed().stream().map(ChangedPhdrJson::of).toList(),
                diff.bytes().differingBytes(),
                diff.bytes().rangeCount(),
                diff.bytes().ranges().stream().map(ByteRangeJson::of).toList());
    }

    private static PhdrJson phdr(DescribedPhdr one) {
        return PhdrJson.of(one.index(), one.phdr(), one.describes());
    }
}
