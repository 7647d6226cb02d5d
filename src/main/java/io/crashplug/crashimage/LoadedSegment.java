package io.crashplug.crashimage;

import io.crashplug.elfcore.KexecSegment;
import io.crashplug.elfcore.SegmentContent;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a loaded image as it is stored, without its bytes.
 *
 * @param knownBytes how many of its first bytes are stored, implied zeros included
 * @param unknownEnd where the bytes nobody told end, exclusive; 0 if all are known
 * @param givenSha256 what the loader said its bytes hash to
 */
@Embeddable
public record LoadedSegment(
        long mem,
        long memszBytes,
        long bufszBytes,
        int knownBytes,
        long unknownEnd,
        @Nullable String givenSha256) {

    static LoadedSegment of(KexecSegment segment, SegmentContent content, @Nullable String givenSha256) {
        return new LoadedSegment(
                segment.mem(),
                segment.memsz(),
                segment.bufsz(),
                content.known().length(),
                content.unknownEnd(),
                givenSha256);
    }

    public KexecSegment segment() {
        return new KexecSegment(mem, memszBytes, bufszBytes);
    }
}
