package io.crashplug.crashimage;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import io.crashplug.elfcore.SegmentContent;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header that a loaded image holds.
 *
 * @param revision number of these bytes, counted over all loads of the machine
 * @param generation the layout it was built from; null if it was built elsewhere
 * @param elfszBytes how many bytes of the segment are the header
 * @param phdrCount program headers it has
 * @param sha256 of the {@code elfszBytes} bytes
 * @param at since when it is in force
 */
@Embeddable
public record HeaderInForce(
        long revision, @Nullable Long generation, int elfszBytes, int phdrCount, String sha256, Instant at) {

    /** A header that the kernel built for the layout of that generation. */
    public static HeaderInForce built(long revision, long generation, ElfCoreHeader header, Instant at) {
        return new HeaderInForce(
                revision,
                generation,
                header.elfsz(),
                header.phdrCount(),
                header.bytes().sha256(),
                at);
    }

    /** The same bytes, which also a rebuild of a later layout gave. */
    public HeaderInForce alsoOf(long laterGeneration) {
        return new HeaderInForce(revision, laterGeneration, elfszBytes, phdrCount, sha256, at);
    }

    /** The header's bytes in its segment. */
    public HeaderBytes bytes(SegmentContent content) {
        return content.first(elfszBytes);
    }

    /** The header's fields, empty if its bytes are no elfcorehdr, as userspace may have handed over. */
    public Optional<DecodedHeader> decode(SegmentContent content) {
        try {
            return Optional.of(DecodedHeader.parse(bytes(content), phdrCount));
        } catch (NotAnElfCoreHeader e) {
            return Optional.empty();
        }
    }
}
