package io.crashplug.elfcore;

import static io.crashplug.elfcore.DigestRule.COVERS_ALL;
import static io.crashplug.elfcore.DigestRule.LEAVES_OUT_ALL_AT_INDEX_0;
import static io.crashplug.elfcore.DigestRule.LEAVES_OUT_ELFCOREHDR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PurgatoryDigestTests {

    private static final String OF_NOTHING = Guests.hex("").sha256();

    private final List<SegmentContent> segments = List.of(
            SegmentContent.of(Guests.hex("01"), 2),
            SegmentContent.of(Guests.hex("02"), 2),
            SegmentContent.of(Guests.hex("03"), 2));

    /** Which of the three segments a rule covers. */
    private static List<Integer> covered(DigestRule rule, int elfcorehdr) {
        return IntStream.range(0, 3)
                .filter(segment -> PurgatoryDigest.covers(rule, segment, elfcorehdr))
                .boxed()
                .toList();
    }

    @Nested
    class WithoutCrashHotplug {

        @Test
        void everySegmentIsCovered() {
            assertThat(covered(COVERS_ALL, 0)).containsExactly(0, 1, 2);
            assertThat(PurgatoryDigest.of(COVERS_ALL, segments, 0))
                    .isEqualTo(Guests.hex("010002000300").sha256());
        }
    }

    /** As Linux does from 6.6 to 6.10, and RFC v2. */
    @Nested
    class WithTheMisplacedTest {

        @Test
        void aHeaderInSegment0LeavesNothingCovered() {
            assertThat(covered(LEAVES_OUT_ALL_AT_INDEX_0, 0)).isEmpty();
            assertThat(PurgatoryDigest.of(LEAVES_OUT_ALL_AT_INDEX_0, segments, 0))
                    .isEqualTo(OF_NOTHING);
        }

        @Test
        void aHeaderElsewhereIsLeftOutAlone() {
            assertThat(covered(LEAVES_OUT_ALL_AT_INDEX_0, 1)).containsExactly(0, 2);
            assertThat(PurgatoryDigest.of(LEAVES_OUT_ALL_AT_INDEX_0, segments, 1))
                    .isEqualTo(Guests.hex("01000300").sha256());
        }

        @Test
        void anUnknownHeaderIsCovered() {
            assertThat(covered(LEAVES_OUT_ALL_AT_INDEX_0, -1)).containsExactly(0, 1, 2);
        }
    }

    @Nested
    class WithTheTestInPlace {

        @Test
        void theHeaderIsLeftOutWhereverItIs() {
            assertThat(covered(LEAVES_OUT_ELFCOREHDR, 0)).containsExactly(1, 2);
            assertThat(covered(LEAVES_OUT_ELFCOREHDR, 2)).containsExactly(0, 1);
            assertThat(PurgatoryDigest.of(LEAVES_OUT_ELFCOREHDR, segments, 0))
                    .isEqualTo(Guests.hex("02000300").sha256());
        }

        @Test
        void anUnknownHeaderIsCovered() {
            assertThat(covered(LEAVES_OUT_ELFCOREHDR, -1)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void aRewrittenHeaderKeepsADigestThatLeavesItOut() {
        var rewritten = List.of(segments.get(0).overwrittenBy(Guests.hex("ff")), segments.get(1), segments.get(2));
        assertThat(PurgatoryDigest.of(LEAVES_OUT_ELFCOREHDR, rewritten, 0))
                .isEqualTo(PurgatoryDigest.of(LEAVES_OUT_ELFCOREHDR, segments, 0));
        assertThat(PurgatoryDigest.of(COVERS_ALL, rewritten, 0))
                .isNotEqualTo(PurgatoryDigest.of(COVERS_ALL, segments, 0));
    }

    @Test
    void unknownBytesInACoveredSegmentLeaveTheDigestUnknown() {
        var partlyKnown = List.of(new SegmentContent(Guests.hex("01"), 2, 2), segments.get(1));
        assertThat(PurgatoryDigest.of(COVERS_ALL, partlyKnown, 0)).isNull();
        assertThat(PurgatoryDigest.of(LEAVES_OUT_ELFCOREHDR, partlyKnown, 0))
                .isEqualTo(Guests.hex("0200").sha256());
    }
}
