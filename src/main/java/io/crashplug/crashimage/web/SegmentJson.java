package io.crashplug.crashimage.web;

import io.crashplug.crashimage.LoadedSegment;
import io.crashplug.elfcore.ArmedImage;
import io.crashplug.web.HexAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A segment as it is answered. */
@Schema(name = "Segment")
record SegmentJson(
        int index,
        HexAddress mem,
        @Schema(types = "integer") BigInteger memszBytes,
        @Schema(types = "integer") BigInteger bufszBytes,

        @Schema(
                description = "Of the elfcorehdr: of all memszBytes as they are now. Of others: of the"
                        + " bufszBytes handed over. Null where they are not known.")
        @Nullable
        String sha256,

        @Schema(description = "Whether this is the elfcorehdr")
        boolean elfcorehdr) {

    static SegmentJson of(int index, LoadedSegment segment, ArmedImage armed) {
        boolean elfcorehdr = armed.elfcorehdrIndex().orElse(-1) == index;
        var content = armed.contents().get(index);
        return new SegmentJson(
                index,
                new HexAddress(segment.mem()),
                unsigned(segment.memszBytes()),
                unsigned(segment.bufszBytes()),
                elfcorehdr ? content.sha256IfKnown() : segment.givenSha256(),
                elfcorehdr);
    }

    private static BigInteger unsigned(long number) {
        return new BigInteger(Long.toUnsignedString(number));
    }
}
