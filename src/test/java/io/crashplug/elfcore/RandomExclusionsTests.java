package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.RandomLayout.Marks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single exclusions from a few bytes of memory, in an array that may be full. */
class RandomExclusionsTests {

    private static final long SEED = Long.getLong("crashplug.seed", 20_211_207L);
    private static final int EXCLUSIONS = Integer.getInteger("crashplug.random.layouts", 100_000);
    private static final int BYTES = 48;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void printTheSeed() {
        System.out.println("random exclusions: -Dcrashplug.seed=" + SEED);
    }

    @Test
    void throughAllTakesEveryByteOfTheHole() {
        for (int i = 0; i < EXCLUSIONS; i++) {
            var ram = ram();
            var hole = hole();
            // What is left of each range by itself; a range never grows into its neighbour.
            var left = new ArrayList<PhysicalRange>();
            for (var range : ram) {
                var bytes = new BitSet();
                bytes.set(range.first(), range.last() + 1);
                bytes.clear(hole.first(), hole.last() + 1);
                for (int first = bytes.nextSetBit(0); first >= 0; first = bytes.nextSetBit(bytes.nextClearBit(first))) {
                    left.add(new PhysicalRange(first, bytes.nextClearBit(first) - 1));
                }
            }
            // Only one range can be split, and nothing else is touched then.
            assertExclusion(i, ExcludeRule.THROUGH_ALL, ram, hole, left, ranges(ram));
        }
    }

    @Test
    void stopsAtFirstCutKeepsAllBehindIt() {
        for (int i = 0; i < EXCLUSIONS; i++) {
            var ram = ram();
            var hole = hole();
            var left = ranges(SlowModel.withoutUpToTheFirstCut(ram, hole));
            // Without room for the right piece of a split, the left piece stands alone.
            var leftPieceOnly = new ArrayList<Marks>();
            for (var range : ram) {
                boolean split = range.first() < hole.first() && hole.last() < range.last();
                leftPieceOnly.add(split ? new Marks(range.first(), hole.first() - 1) : range);
            }
            assertExclusion(i, ExcludeRule.STOPS_AT_FIRST_CUT, ram, hole, left, ranges(leftPieceOnly));
        }
    }

    private void assertExclusion(
            int i,
            ExcludeRule rule,
            List<Marks> ram,
            Marks hole,
            List<PhysicalRange> left,
            List<PhysicalRange> leftWithoutRoom) {
        int capacity = ram.size() + random.nextInt(2);
        boolean outOfRoom = left.size() > capacity;

        var exclusion = CrashMemory.of(ranges(ram)).exclude(range(hole), rule, capacity);

        assertThat(exclusion.memory().ranges())
                .as("seed %d, exclusion %d: %s without %s, %d slots", SEED, i, ram, hole, capacity)
                .isEqualTo(outOfRoom ? leftWithoutRoom : left);
        assertThat(exclusion.outOfRoom()).isEqualTo(outOfRoom);
    }

    private List<Marks> ram() {
        var ram = new ArrayList<Marks>();
        for (int first = random.nextInt(4); first < BYTES; ) {
            int last = first + random.nextInt(12);
            ram.add(new Marks(first, last));
            first = last + 1 + random.nextInt(3);
        }
        return ram;
    }

    private Marks hole() {
        int first = random.nextInt(BYTES);
        return new Marks(first, first + random.nextInt(16));
    }

    private static List<PhysicalRange> ranges(List<Marks> marks) {
        return marks.stream().map(RandomExclusionsTests::range).toList();
    }

    private static PhysicalRange range(Marks marks) {
        return new PhysicalRange(marks.first(), marks.last());
    }
}
