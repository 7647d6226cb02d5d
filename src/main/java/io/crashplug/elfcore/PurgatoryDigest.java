package io.crashplug.elfcore;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SHA-256 by which the purgatory checks the segments before it starts the capture kernel. */
public final class PurgatoryDigest {

    private PurgatoryDigest() {}

    /**
     * Whether the digest covers the elfcorehdr, so that a rewritten header would stop the capture kernel.
     *
     * @param elfcorehdrIndex the segment that was left out on purpose; -1 for none
     */
    public static boolean covers(DigestRule rule, int segment, int elfcorehdrIndex) {
        return !rule.leavesOut(segment, elfcorehdrIndex);
    }

    /**
     * The digest over the covered segments, each with the zeros up to its memsz, in lower-case hexadecimal; null if a
     * covered segment's bytes are not known, or the covered segments are larger than {@link
     * SegmentContent#MAX_HASHED_BYTES} together.
     */
    public static @Nullable String of(DigestRule rule, List<SegmentContent> segments, int elfcorehdrIndex) {
        var digest = HeaderBytes.sha256Digest();
        long hashed = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (covers(rule, i, elfcorehdrIndex)) {
                var segment = segments.get(i);
                hashed += segment.memszBytes();
                if (!segment.isComplete() || hashed > SegmentContent.MAX_HASHED_BYTES || hashed < 0) {
                    return null;
                }
                ZeroPadded.update(digest, segment.known(), segment.memszBytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
