package io.crashplug.crashimage;

import io.crashplug.elfcore.KexecSegment;
import io.crashplug.elfcore.Pages;
import io.crashplug.elfcore.SegmentContent;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a loaded image as it is stored, without its bytes.
 *
 * @param knownBytes how many of its first bytes are stored, implied zeros included; where all of its bytes are known, in
 *     whole pages, so that a header that grows by a range seldom changes it
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
                knownBytes(content),
                content.unknownEnd(),
                givenSha256);
    }

    private static int knownBytes(SegmentContent content) {
        int length = content.known().length();
        if (!content.isComplete()) {
            return length;
        }
        long wholePages = (length + Pages.SIZE_BYTES - 1L) / Pages.SIZE_BYTES * Pages.SIZE_BYTES;
        return (int) (Long.compareUnsigned(wholePages, content.memszBytes()) <= 0 ? wholePages : content.memszBytes());
    }

    public KexecSegment segment() {
        return new KexecSegment(mem, memszBytes, bufszBytes);
    }
}
