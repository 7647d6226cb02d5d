package io.crashplug.header;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.PhdrSlots;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.Machine;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
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

    /** A header that a machine's segment holds, or held. */
    static Elfcorehdr of(Machine machine, HeaderInForce header, SegmentContent segment, long mem) {
        var decoded = header.decode(segment);
        var descriptions = Descriptions.of(machine);
        return new Elfcorehdr(
                "%s-elfcorehdr-%d".formatted(machine.name(), header.revision()),
                SegmentContent.of(header.bytes(segment), header.elfszBytes()),
                header.phdrCount(),
                decoded.orElse(null),
                descriptions,
                segment,
                decoded.map(fields -> slots(machine, descriptions.memoryRanges(fields.phdrs())))
                        .orElse(null),
                mem,
                header);
    }

    /** As the kernel counts them, whoever built the header: its rebuild has to fit. */
    private static PhdrSlots slots(Machine machine, int memoryRanges) {
        return PhdrSlots.of(machine.cpus().possible().count(), memoryRanges);
    }

    /** Its fields; not-found if userspace handed over something that only begins like a header. */
    public DecodedHeader requireDecoded() {
        if (decoded == null) {
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "the segment begins with the ELF magic but holds no elfcorehdr; ask for its bytes")
                    .toException();
        }
        return decoded;
    }

    public int elfszBytes() {
        return (int) bytes.memszBytes();
    }

    /** Program headers that fit the segment beyond its own; null if it lies in no segment. */
    public @Nullable Long headroomPhdrs() {
        return segment == null || phdrSlots == null ? null : Math.max(0, phdrSlots.freeIn(segment.memszBytes()));
    }
}
