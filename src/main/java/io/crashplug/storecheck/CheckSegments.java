package io.crashplug.storecheck;

import static io.crashplug.storecheck.Check.HEADER_DIGEST;
import static io.crashplug.storecheck.Check.PURGATORY_DIGEST;
import static io.crashplug.storecheck.Check.SEGMENT_DIGEST;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.crashimage.CrashImages;
import io.crashplug.crashimage.LoadedSegment;
import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.DigestRule;
import io.crashplug.elfcore.PurgatoryDigest;
import io.crashplug.elfcore.SegmentContent;
import java.util.ArrayList;
import org.springframework.stereotype.Component;

/** Checks the bytes of all segments against the digests of the load, as long as the load's bytes are still in them. */
@Component
class CheckSegments {

    private final CrashImages images;

    CheckSegments(CrashImages images) {
        this.images = images;
    }

    void check(CrashImage image, ArmedImage armed, DigestRule rule, Findings findings) {
        int elfcorehdr = armed.elfcorehdrIndex().orElse(-1);
        var contents = new ArrayList<SegmentContent>();
        for (int i = 0; i < image.segments().size(); i++) {
            contents.add(i == elfcorehdr ? armed.contents().get(i) : images.content(image, i));
            if (i != elfcorehdr || !image.isRewritten()) {
                asHandedOver(i, image.segments().get(i), contents.get(i), findings);
            }
        }
        boolean covered = elfcorehdr >= 0 && PurgatoryDigest.covers(rule, elfcorehdr, image.digestLeftOutIndex());
        var stored = image.purgatoryDigest();
        if (stored == null || (covered && image.isRewritten()) || findings.failed(SEGMENT_DIGEST, HEADER_DIGEST)) {
            return;
        }
        var actual = PurgatoryDigest.of(rule, contents, image.digestLeftOutIndex());
        if (!stored.equals(actual)) {
            findings.add(
                    PURGATORY_DIGEST,
                    "the purgatory's digest is %s, that of the segments %s".formatted(stored, actual));
        }
    }

    private static void asHandedOver(int index, LoadedSegment segment, SegmentContent content, Findings findings) {
        var given = segment.givenSha256();
        long bufsz = segment.bufszBytes();
        if (given == null || !content.isComplete() || bufsz < 0 || bufsz > SegmentContent.MAX_HASHED_BYTES) {
            return;
        }
        var actual = SegmentContent.of(content.known(), bufsz).sha256();
        if (!actual.equals(given) && !findings.failed(HEADER_DIGEST)) {
            findings.add(
                    SEGMENT_DIGEST,
                    "the %d bytes of segment %d have SHA-256 %s, not %s as handed over"
                            .formatted(bufsz, index, actual, given));
        }
    }
}
