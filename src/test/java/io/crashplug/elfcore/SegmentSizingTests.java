package io.crashplug.elfcore;

import static io.crashplug.elfcore.KernelProfile.LINUX_6_9;
import static io.crashplug.elfcore.KernelProfile.LINUX_BEFORE_6_6;
import static io.crashplug.elfcore.KernelProfile.RFC_V2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SegmentSizingTests {

    private final ElfCoreHeader built = Guests.header(LINUX_6_9, Guests.withRanges(5));

    @Test
    void withoutCrashHotplugTheSegmentIsWhatWasBuilt() {
        assertThat(LINUX_BEFORE_6_6.reserve(KernelConfig.DEFAULT, built)).isEqualTo(new HeaderReservation(4096, false));
    }

    @Test
    void rfcV2TakesTheConfiguredSizeWhateverWasBuilt() {
        var config = new KernelConfig(64, 8192, true, 1000);
        assertThat(RFC_V2.reserve(config, built)).isEqualTo(new HeaderReservation(1000, true));
        assertThat(RFC_V2.reserve(config, built).memszBytes()).isEqualTo(4096);
    }

    @Nested
    class ForMaximum {

        @Test // 2 + 8191 + 57341 = 65534 = PN_XNUM - 1
        void oneBelowPnXnumIsReserved() {
            var reservation = LINUX_6_9.reserve(new KernelConfig(8191, 57_341, true, 0), built);
            assertThat(reservation).isEqualTo(new HeaderReservation(64 + 56 * 65_534L, true));
        }

        @Test // 2 + 8192 + 57341 = 65535 = PN_XNUM
        void fromPnXnumOnWhatWasBuiltMustDo() {
            var reservation = LINUX_6_9.reserve(new KernelConfig(8192, 57_341, true, 0), built);
            assertThat(reservation).isEqualTo(new HeaderReservation(4096, false));
        }

        @Test
        void withoutMemoryHotplugTheRangesOfTheGuestCount() {
            var reservation = LINUX_6_9.reserve(new KernelConfig(64, 8192, false, 0), built);
            assertThat(reservation).isEqualTo(new HeaderReservation(64 + 56 * (2 + 64 + 5), true));
        }

        @Test
        void memszIsRoundedToPagesAndElfHeadersSzIsNot() {
            var reservation = LINUX_6_9.reserve(KernelConfig.DEFAULT, built);
            assertThat(reservation.elfHeadersSizeBytes()).isEqualTo(462_512);
            assertThat(reservation.memszBytes()).isEqualTo(462_848);
        }
    }

    @Nested
    class Configuration {

        @Test
        void sysfsCountsNeitherTheElfHeaderNorPages() {
            assertThat(KernelConfig.DEFAULT.crashElfcorehdrSizeBytes()).isEqualTo(462_448);
        }

        @Test // 56 * (2 + 76695842) is 32 below 2^32
        void sysfsReadsAnUnsigned32BitNumber() {
            assertThat(new KernelConfig(76_695_842, 0, false, 0).crashElfcorehdrSizeBytes())
                    .isEqualTo(4_294_967_264L);
            assertThat(new KernelConfig(76_695_843, 0, false, 0).crashElfcorehdrSizeBytes())
                    .isEqualTo(24);
        }

        @Test
        void theRfcV2SizeHas32Bits() {
            assertThat(new KernelConfig(0, 0, false, 0xffffffffL).elfcorehdrSizeBytes())
                    .isEqualTo(4_294_967_295L);
            assertRefused(0, 0, 0x100000000L);
        }

        @Test
        void nothingIsBelow0() {
            assertThat(new KernelConfig(0, 0, false, 0).crashElfcorehdrSizeBytes())
                    .isEqualTo(112);
            assertRefused(-1, 0, 0);
            assertRefused(0, -1, 0);
            assertRefused(0, 0, -1);
        }

        private static void assertRefused(int cpus, int ranges, long sizeBytes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new KernelConfig(cpus, ranges, true, sizeBytes))
                    .withMessage("a kernel is not configured with a limit below 0 or a size above 4 GiB");
        }
    }
}
