package io.crashplug.elfcore;

import static io.crashplug.elfcore.ExcludeRule.STOPS_AT_FIRST_CUT;
import static io.crashplug.elfcore.ExcludeRule.THROUGH_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashMemoryTests {

    private static final int ROOM = 8;

    @Nested
    class Listing {

        @Test
        void rangesAscend() {
            assertThat(memory(range(0x5000, 0x5fff), range(0x1000, 0x1fff)).ranges())
                    .containsExactly(range(0x1000, 0x1fff), range(0x5000, 0x5fff));
        }

        @Test // |---||---|
        void neighboursStayApart() {
            assertThat(memory(range(0x1000, 0x1fff), range(0x2000, 0x2fff)).count())
                    .isEqualTo(2);
        }

        @Test // |----|
        //           |---|
        void overlapIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> memory(range(0x1000, 0x2000), range(0x2000, 0x2fff)))
                    .withMessage("0x2000-0x2fff overlaps what comes before it");
        }

        @Test
        void memoryIsAValue() {
            assertThat(memory(range(1, 2), range(5, 6)))
                    .isEqualTo(memory(range(5, 6), range(1, 2)))
                    .hasSameHashCodeAs(memory(range(1, 2), range(5, 6)))
                    .isNotEqualTo(memory(range(1, 2)))
                    .hasToString("[0x1-0x2, 0x5-0x6]");
        }
    }

    /** What both rules do alike. */
    @Nested
    class Exclusion {

        private final CrashMemory ram = memory(range(0x1000, 0x8fff));

        @ParameterizedTest // ram |---------|   hole |-|
        @EnumSource
        void aHoleAtTheHeadMovesTheStart(ExcludeRule rule) {
            assertThat(left(ram, range(0x1000, 0x2fff), rule)).containsExactly(range(0x3000, 0x8fff));
            assertThat(left(ram, range(0, 0x2fff), rule)).containsExactly(range(0x3000, 0x8fff));
        }

        @ParameterizedTest // ram |---------|   hole         |-|
        @EnumSource
        void aHoleAtTheTailMovesTheEnd(ExcludeRule rule) {
            assertThat(left(ram, range(0x7000, 0x8fff), rule)).containsExactly(range(0x1000, 0x6fff));
            assertThat(left(ram, range(0x7000, 0xffff), rule)).containsExactly(range(0x1000, 0x6fff));
        }

        @ParameterizedTest // ram |---------|   hole     |-|
        @EnumSource
        void aHoleInTheMiddleLeavesTwoPieces(ExcludeRule rule) {
            assertThat(left(ram, range(0x3000, 0x4fff), rule))
                    .containsExactly(range(0x1000, 0x2fff), range(0x5000, 0x8fff));
        }

        @ParameterizedTest // ram |---------|   hole |---------|
        @EnumSource
        void aHoleOverAllLeavesNothing(ExcludeRule rule) {
            assertThat(left(ram, range(0x1000, 0x8fff), rule)).isEmpty();
            assertThat(left(ram, range(0, 0xffff), rule)).isEmpty();
        }

        @ParameterizedTest // ram |---------|   hole            |-|
        @EnumSource
        void aHoleBesideChangesNothing(ExcludeRule rule) {
            assertThat(left(ram, range(0x9000, 0x9fff), rule)).containsExactly(range(0x1000, 0x8fff));
            assertThat(left(ram, range(0, 0xfff), rule)).containsExactly(range(0x1000, 0x8fff));
        }

        @ParameterizedTest // ram |---------|   one byte
        @EnumSource
        void oneByteIsAHole(ExcludeRule rule) {
            assertThat(left(ram, range(0x1000, 0x1000), rule)).containsExactly(range(0x1001, 0x8fff));
            assertThat(left(ram, range(0x8fff, 0x8fff), rule)).containsExactly(range(0x1000, 0x8ffe));
            assertThat(left(ram, range(0x1001, 0x1001), rule))
                    .containsExactly(range(0x1000, 0x1000), range(0x1002, 0x8fff));
        }

        @ParameterizedTest // ram |-| |-| |-|   hole |----|
        @EnumSource
        void rangesThatVanishWholeDoNotEndTheWalk(ExcludeRule rule) {
            var three = memory(range(0x1000, 0x1fff), range(0x3000, 0x3fff), range(0x5000, 0x6fff));
            assertThat(left(three, range(0x1000, 0x5fff), rule)).containsExactly(range(0x6000, 0x6fff));
        }

        @ParameterizedTest
        @EnumSource
        void theMemoryItselfStaysAsItWas(ExcludeRule rule) {
            left(ram, range(0x3000, 0x4fff), rule);
            assertThat(ram.ranges()).containsExactly(range(0x1000, 0x8fff));
        }
    }

    /** As Linux does until 6.8: after the first cut the rest of the list is not looked at. */
    @Nested
    class StopsAtFirstCut {

        private final CrashMemory ram = memory(range(0x1000, 0x2fff), range(0x3000, 0x4fff), range(0x6000, 0x6fff));

        @Test // ram |----||----|  |--|
        //      hole   |-----|
        void theTailOfOneRangeKeepsTheNextWhole() {
            assertThat(left(ram, range(0x2000, 0x3fff), STOPS_AT_FIRST_CUT))
                    .containsExactly(range(0x1000, 0x1fff), range(0x3000, 0x4fff), range(0x6000, 0x6fff));
        }

        @Test // ram |----||----|  |--|
        //      hole   |--------------|
        void evenWhatTheHoleCoversWholeStays() {
            assertThat(left(ram, range(0x2000, 0x6fff), STOPS_AT_FIRST_CUT))
                    .containsExactly(range(0x1000, 0x1fff), range(0x3000, 0x4fff), range(0x6000, 0x6fff));
        }

        @Test // ram |----------|   hole    |--|   slots: 1
        void aSplitWithoutRoomLeavesTheLeftPiece() {
            var exclusion = memory(range(0x1000, 0x8fff)).exclude(range(0x3000, 0x4fff), STOPS_AT_FIRST_CUT, 1);
            assertThat(exclusion.outOfRoom()).isTrue();
            assertThat(exclusion.memory().ranges()).containsExactly(range(0x1000, 0x2fff));
        }
    }

    /** Linux 6.9 and later. */
    @Nested
    class ThroughAll {

        private final CrashMemory ram = memory(range(0x1000, 0x2fff), range(0x3000, 0x4fff), range(0x6000, 0x6fff));

        @Test // ram |----||----|  |--|
        //      hole   |-----|
        void bothNeighboursAreCut() {
            assertThat(left(ram, range(0x2000, 0x3fff), THROUGH_ALL))
                    .containsExactly(range(0x1000, 0x1fff), range(0x4000, 0x4fff), range(0x6000, 0x6fff));
        }

        @Test // ram |----||----|  |--|
        //      hole   |--------------|
        void whatTheHoleCoversGoes() {
            assertThat(left(ram, range(0x2000, 0x6fff), THROUGH_ALL)).containsExactly(range(0x1000, 0x1fff));
        }

        @Test // ram |----------|   hole    |--|   slots: 1
        void aSplitWithoutRoomChangesNothing() {
            var exclusion = memory(range(0x1000, 0x8fff)).exclude(range(0x3000, 0x4fff), THROUGH_ALL, 1);
            assertThat(exclusion.outOfRoom()).isTrue();
            assertThat(exclusion.memory().ranges()).containsExactly(range(0x1000, 0x8fff));
        }
    }

    @ParameterizedTest // ram |----------|   hole    |--|   slots: 2
    @EnumSource
    void aSplitNeedsOneFreeSlot(ExcludeRule rule) {
        var exclusion = memory(range(0x1000, 0x8fff)).exclude(range(0x3000, 0x4fff), rule, 2);
        assertThat(exclusion.outOfRoom()).isFalse();
        assertThat(exclusion.memory().count()).isEqualTo(2);
    }

    private static List<PhysicalRange> left(CrashMemory memory, PhysicalRange hole, ExcludeRule rule) {
        var exclusion = memory.exclude(hole, rule, ROOM);
        assertThat(exclusion.outOfRoom()).isFalse();
        return exclusion.memory().ranges();
    }

    private static CrashMemory memory(PhysicalRange... ranges) {
        return CrashMemory.of(Arrays.asList(ranges));
    }

    private static PhysicalRange range(long start, long end) {
        return new PhysicalRange(start, end);
    }
}
