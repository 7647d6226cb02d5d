package io.crashplug.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A header with one wrong bit is no header that any event leaves, so no reason may cover it. */
class FlippedBitsTests {

    private static final long SEED = Long.getLong("crashplug.seed", 20_211_207L);
    private static final int SAMPLES = 300;

    @BeforeAll
    static void printTheSeed() {
        System.out.println("flipped bits: -Dcrashplug.seed=" + SEED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k61/01-kexec-s",
                "k61/03-dimm-add-d0-256M",
                "k612-kexec-load/02-dimm-add-d0-256M",
                "k612-kaslr/11-dimm-add-d2-1G-offline"
            })
    void everyBit(String name) {
        var guest = guest(name);
        assertNoneIsExplained(guest, IntStream.range(0, 8 * used(guest)));
    }

    @ParameterizedTest
    @MethodSource("io.crashplug.verification.RecordedDumpsTests#guests")
    void someBits(RecordedGuest guest) {
        int bits = 8 * used(guest);
        assertNoneIsExplained(guest, new Random(SEED).ints(SAMPLES, 0, bits));
    }

    @Test
    void nonzeroPaddingIsNotExplained() {
        var guest = guest("k612-nokaslr/06-dimm-add-d2-1G");
        assertNoneIsExplained(guest, new Random(SEED).ints(SAMPLES, 8 * used(guest), 8 * 4096));
    }

    private static void assertNoneIsExplained(RecordedGuest guest, IntStream bits) {
        var dump = guest.step().head();
        var held = HeldRevisions.current(
                HeaderBytes.of(guest.step().head()), guest.step().segmentSizeBytes());
        var machine = guest.reported();
        assertThat(isExplained(dump, machine, held)).isTrue();
        bits.forEach(bit -> {
            dump[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(isExplained(dump, machine, held))
                    .as("%s, bit %d", guest, bit)
                    .isFalse();
            dump[bit / 8] ^= (byte) (1 << bit % 8);
        });
    }

    private static boolean isExplained(byte[] dump, MachineFacts machine, Revisions held) {
        try {
            return Analysis.of(Dump.parse(HeaderBytes.of(dump)), machine, held).isExplained();
        } catch (NotAnElfCoreHeader e) {
            return false;
        }
    }

    private static int used(RecordedGuest guest) {
        return (int) Dump.parse(guest.segment()).usedBytes();
    }

    private static RecordedGuest guest(String name) {
        return RecordedGuest.all().stream()
                .filter(guest -> guest.step().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
