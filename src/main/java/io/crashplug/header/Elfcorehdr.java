package io.crashplug.header;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.PhdrSlots;
import io.crashplug.elfcore.SegmentContent;
import org.jspecify.annotations.Nullable;

/**
 * A header to be shown, in force or not.
 *
 * @param fileName how a download of its bytes is called, without ending
 * @param bytes the header's own bytes
 * @param phdrCount program headers it has
 * @param decoded its fields; null if the bytes are no elfcorehdr
 * @param descriptions tells what its program headers describe
 * @param segment the segment it lies in; null if it lies in none
 * @param phdrSlots program headers that its size was made for; null if it lies in no segment
 * @param mem where that segment lies, unsigned; null if it lies nowhere
 * @param inForce its number and history; null if it is not in force
 */
public record Elfcorehdr(
        String fileName,
        SegmentContent bytes,
        int phdrCount,
        @Nullable DecodedHeader decoded,
        Descriptions descriptions,
        @Nullable SegmentContent segment,
        @Nullable PhdrSlots phdrSlots,
        @Nullable Long mem,
        @Nullable HeaderInForce inForce) {

    public int elfszBytes() {
        return (int) bytes.memszBytes();
    }

    /** Program headers that fit the segment beyond its own; null if it lies in no segment. */
    public @Nullable Long headroomPhdrs() {
        return segment == null || phdrSlots == null ? null : Math.max(0, phdrSlots.freeIn(segment.memszBytes()));
    }
}
