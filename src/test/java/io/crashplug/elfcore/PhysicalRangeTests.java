package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PhysicalRangeTests {

    private final PhysicalRange range = new PhysicalRange(0x2000, 0x4fff);

    @Nested
    class Construction {

        @Test
        void oneByteIsARange() {
            assertThat(new PhysicalRange(0x1000, 0x1000).sizeBytes()).isEqualTo(1);
        }

        @Test
        void anEndBeforeTheStartIsNone() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PhysicalRange(0x1000, 0xfff))
                    .withMessage("not a physical range: 0x1000-0xfff");
        }

        @Test
        void addressesBeginAt0() {
            assertThat(new PhysicalRange(0, 0).sizeBytes()).isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PhysicalRange(-1, 0))
                    .withMessage("not a physical range: 0xffffffffffffffff-0x0");
        }

        @Test
        void aSizeCountsTheStart() {
            assertThat(PhysicalRange.ofSize(0x2000, 0x3000)).isEqualTo(range);
            assertThat(range.sizeBytes()).isEqualTo(0x3000);
        }

        @Test
        void aSizeOf0IsNone() {
            assertThat(PhysicalRange.ofSize(5, 1)).isEqualTo(new PhysicalRange(5, 5));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PhysicalRange.ofSize(5, 0))
                    .withMessage("a range of 0 bytes is none");
        }

        @Test
        void theLastByteIsTheLastOfTheSigned64BitSpace() {
            assertThat(PhysicalRange.ofSize(1, Long.MAX_VALUE).end()).isEqualTo(Long.MAX_VALUE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PhysicalRange.ofSize(2, Long.MAX_VALUE))
                    .withMessage("not a physical range: 0x2-0x8000000000000000");
        }
    }

    @Nested
    class Overlap {

        @Test // |----|
        //            |---|
        void neighboursDoNot() {
            assertThat(range.overlaps(new PhysicalRange(0x5000, 0x5fff))).isFalse();
            assertThat(range.overlaps(new PhysicalRange(0x1000, 0x1fff))).isFalse();
        }

        @Test // |----|
        //           |---|
        void oneByteIsEnough() {
            assertThat(range.overlaps(new PhysicalRange(0x4fff, 0x5fff))).isTrue();
            assertThat(range.overlaps(new PhysicalRange(0x1000, 0x2000))).isTrue();
        }

        @Test // |-----------|
        //           |---|
        void whatContainsOverlaps() {
            var inner = new PhysicalRange(0x3000, 0x3fff);
            assertThat(range.overlaps(inner)).isTrue();
            assertThat(inner.overlaps(range)).isTrue();
        }
    }

    @Nested
    class Containment {

        @Test
        void aRangeContainsItself() {
            assertThat(range.contains(range)).isTrue();
        }

        @Test
        void oneByteBeyondEitherEndIsOutside() {
            assertThat(range.contains(new PhysicalRange(0x1fff, 0x4fff))).isFalse();
            assertThat(range.contains(new PhysicalRange(0x2000, 0x5000))).isFalse();
        }
    }

    @Nested
    class Succession {

        @Test
        void theNextByteFollows() {
            assertThat(range.isFollowedBy(new PhysicalRange(0x5000, 0x5fff))).isTrue();
        }

        @Test
        void aGapOrAnOverlapDoesNot() {
            assertThat(range.isFollowedBy(new PhysicalRange(0x5001, 0x5fff))).isFalse();
            assertThat(range.isFollowedBy(new PhysicalRange(0x4fff, 0x5fff))).isFalse();
        }
    }

    @Test
    void rangesAscendByStartThenByEnd() {
        assertThat(Stream.of(new PhysicalRange(2, 3), new PhysicalRange(1, 9), new PhysicalRange(1, 2))
                        .sorted())
                .containsExactly(new PhysicalRange(1, 2), new PhysicalRange(1, 9), new PhysicalRange(2, 3));
    }

    @Test
    void aRangePrintsInHexadecimal() {
        assertThat(new PhysicalRange(0x100000, 0x7fffffff)).hasToString("0x100000-0x7fffffff");
    }
}
