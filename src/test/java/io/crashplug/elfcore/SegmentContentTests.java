package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SegmentContentTests {

    private static final HeaderBytes MAGIC = Guests.hex("7f454c46");

    @Nested
    class Storing {

        @Test // 01 02 00 00 | 00 ...
        void aZeroTailIsNotStored() {
            var content = SegmentContent.of(Guests.hex("01020000"), 0x1000);
            assertThat(content.known()).isEqualTo(Guests.hex("0102"));
            assertThat(content).isEqualTo(SegmentContent.of(Guests.hex("0102"), 0x1000));
        }

        @Test
        void zerosInsideAre() {
            assertThat(SegmentContent.of(Guests.hex("01000200"), 0x1000).known())
                    .isEqualTo(Guests.hex("010002"));
        }

        @Test
        void allZerosAreNothing() {
            assertThat(SegmentContent.of(Guests.hex("000000"), 0x1000).known().length())
                    .isZero();
        }

        @Test
        void impliedZerosAreReadAsZeros() {
            assertThat(SegmentContent.of(Guests.hex("01020000"), 0x1000).first(6))
                    .isEqualTo(Guests.hex("010200000000"));
        }
    }

    @Nested
    class Overwriting {

        @Test // old 11 22 33 44 55 66
        //       new aa bb cc
        void theTailOfALongerHeaderStays() {
            var content = SegmentContent.of(Guests.hex("112233445566"), 8).overwrittenBy(Guests.hex("aabbcc"));
            assertThat(content.first(8)).isEqualTo(Guests.hex("aabbcc4455660000"));
        }

        @Test // old 11 22
        //       new aa bb cc dd
        void aLongerHeaderCoversAll() {
            var content = SegmentContent.of(Guests.hex("1122"), 8).overwrittenBy(Guests.hex("aabbccdd"));
            assertThat(content.first(8)).isEqualTo(Guests.hex("aabbccdd00000000"));
        }

        @Test // old 11 22 33 44
        //       new aa 00 00 00
        void zerosOverwriteToo() {
            var content = SegmentContent.of(Guests.hex("11223344"), 8).overwrittenBy(Guests.hex("aa000000"));
            assertThat(content).isEqualTo(SegmentContent.of(Guests.hex("aa"), 8));
        }

        @Test
        void aHeaderMayFillTheSegmentAndNoMore() {
            var content = SegmentContent.of(Guests.hex("11"), 4);
            assertThat(content.overwrittenBy(Guests.hex("aabbccdd")).first(4)).isEqualTo(Guests.hex("aabbccdd"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> content.overwrittenBy(Guests.hex("aabbccddee")))
                    .withMessage("elfsz 5 > memsz 4");
        }

        @Test
        void memszIsUnsigned() {
            var content = SegmentContent.of(Guests.hex("11"), -0x1000).overwrittenBy(Guests.hex("aabb"));
            assertThat(content.known()).isEqualTo(Guests.hex("aabb"));
        }
    }

    /** A segment of which only the beginning was told: 11 22 ?? ?? ?? ?? 00 00. */
    @Nested
    class UnknownBytes {

        private final SegmentContent content = new SegmentContent(Guests.hex("1122"), 6, 8);

        @Test
        void theyMakeTheSegmentIncomplete() {
            assertThat(content.isComplete()).isFalse();
            assertThat(SegmentContent.of(Guests.hex("1122"), 8).isComplete()).isTrue();
        }

        @Test
        void aKnownZeroBeforeThemIsStored() {
            assertThat(new SegmentContent(Guests.hex("1100"), 6, 8).known()).isEqualTo(Guests.hex("1100"));
        }

        @Test
        void theyEndWhereTheKnownBytesReach() {
            assertThat(content.overwrittenBy(Guests.hex("aabbccddee")).isComplete())
                    .isFalse();
            assertThat(content.overwrittenBy(Guests.hex("aabbccddeeff")).isComplete())
                    .isTrue();
        }

        @Test
        void theyAreNotTakenForZeros() {
            assertThat(content.startsWith(Guests.hex("1122"))).isTrue();
            assertThat(content.startsWith(Guests.hex("112200"))).isFalse();
        }
    }

    @Nested
    class Beginning {

        @Test
        void impliedZerosCount() {
            var content = SegmentContent.of(Guests.hex("1122"), 4);
            assertThat(content.startsWith(Guests.hex("11220000"))).isTrue();
            assertThat(content.startsWith(Guests.hex("11220001"))).isFalse();
        }

        @Test
        void aSegmentDoesNotBeginWithMoreThanItHolds() {
            var content = SegmentContent.of(Guests.hex("1122"), 4);
            assertThat(content.startsWith(Guests.hex("1122000000"))).isFalse();
        }

        @Test
        void theElfMagicIsFourBytes() {
            assertThat(SegmentContent.of(MAGIC, 4).startsWithElfMagic()).isTrue();
            assertThat(SegmentContent.of(MAGIC, 3).startsWithElfMagic()).isFalse();
            assertThat(SegmentContent.of(Guests.hex("7f454c47"), 4).startsWithElfMagic())
                    .isFalse();
            assertThat(new SegmentContent(Guests.hex("7f454c"), 8, 8).startsWithElfMagic())
                    .isFalse();
        }
    }

    @Nested
    class Comparison {

        @Test // 11 22 33 00
        //       11 aa 33 44
        void everyDifferingByteCounts() {
            var one = SegmentContent.of(Guests.hex("112233"), 8);
            var other = SegmentContent.of(Guests.hex("11aa3344"), 8);
            assertThat(one.changedBytes(other)).isEqualTo(2);
            assertThat(other.changedBytes(one)).isEqualTo(2);
        }

        @Test
        void equalSegmentsDifferInNone() {
            var content = SegmentContent.of(Guests.hex("112233"), 8);
            assertThat(content.changedBytes(SegmentContent.of(Guests.hex("1122330000"), 8)))
                    .isZero();
        }

        @Test
        void sha256IsOverTheWholeSegment() {
            for (int memsz : new int[] {3, 4096, 65_536, 65_540, 921_600}) {
                var whole = Arrays.copyOf(new byte[] {1, 2, 3}, memsz);
                assertThat(SegmentContent.of(Guests.hex("010203"), memsz).sha256())
                        .isEqualTo(HeaderBytes.of(whole).sha256());
            }
        }
    }
}
