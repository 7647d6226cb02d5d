package io.crashplug.header;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.Machine;
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
        @Nullable Long mem,
        @Nullable HeaderInForce inForce) {

    /** A header that a machine's segment holds, or held. */
    static Elfcorehdr of(Machine machine, HeaderInForce header, SegmentContent segment, long mem) {
        return new Elfcorehdr(
                "%s-elfcorehdr-%d".formatted(machine.name(), header.revision()),
                SegmentContent.of(header.bytes(segment), header.elfszBytes()),
                header.phdrCount(),
                header.decode(segment).orElse(null),
                Descriptions.of(
                        machine.cpus().possible(),
                        machine.cpus().present(),
                        machine.crashNotes(),
                        machine.kernel().text()),
                segment,
                mem,
                header);
    }

    public int elfszBytes() {
        return (int) bytes.memszBytes();
    }
}
