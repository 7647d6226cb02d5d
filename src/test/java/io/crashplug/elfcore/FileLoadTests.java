package io.crashplug.elfcore;

import static io.crashplug.elfcore.KernelProfile.LINUX_6_9;
import static io.crashplug.elfcore.KernelProfile.LINUX_BEFORE_6_6;
import static io.crashplug.elfcore.KernelProfile.RFC_V2;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.FileLoad.Loaded;
import io.crashplug.elfcore.FileLoad.NotBuildable;
import io.crashplug.elfcore.FileLoad.Refused;
import io.crashplug.elfcore.SegmentList.SegmentRefusal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FileLoadTests {

    private static final long PAGES = 1 << 20;
    private static final HeaderInputs GUEST = Guests.with(2, 1);

    private static FileLoad load(KernelProfile profile, HeaderInputs guest, PhysicalRange crashKernel) {
        return FileLoad.load(profile, KernelConfig.DEFAULT, guest, crashKernel, 46, PAGES);
    }

    @Test
    void theHeaderIsSegment0OfAnImageThatNoEventHasReached() {
        var loaded = (Loaded) load(LINUX_6_9, GUEST, Guests.CRASH_KERNEL);
        assertThat(loaded.image())
                .isEqualTo(new ArmedImage(
                        LoadPath.KEXEC_FILE_LOAD,
                        Set.of(KexecFlag.KEXEC_ON_CRASH),
                        List.of(new KexecSegment(0x6f000000, 462_848, 4096)),
                        List.of(SegmentContent.of(
                                Guests.header(LINUX_6_9, GUEST).bytes(), 462_848)),
                        0,
                        false));
        assertThat(loaded.elfHeadersSizeBytes()).isEqualTo(462_512);
    }

    @Nested
    class Placement {

        @Test // crashkernel |x-----------|   segment |-----|, from the first whole page
        void theSegmentBeginsAtAPage() {
            assertThat(segment(0x6f000001, 0x7effffff).mem()).isEqualTo(0x6f001000);
            assertThat(segment(0x6f000fff, 0x7effffff).mem()).isEqualTo(0x6f001000);
            assertThat(segment(0x6f001000, 0x7effffff).mem()).isEqualTo(0x6f001000);
        }

        @Test // crashkernel |----|   segment |----|
        void theReservationMayBeFilledToItsLastByte() {
            assertThat(segment(0x6f000000, 0x6f000000 + 462_848 - 1).memsz()).isEqualTo(462_848);
        }

        @Test // crashkernel |---|   segment |----|
        void oneByteLessIsNoRoom() {
            var crashKernel = new PhysicalRange(0x6f000000, 0x6f000000 + 462_848 - 2);
            assertThat(load(LINUX_6_9, GUEST, crashKernel))
                    .isEqualTo(new Refused(new SegmentRefusal(
                            Errno.EADDRNOTAVAIL,
                            "no room for an elfcorehdr of 462848 bytes in the crash kernel 0x6f000000-0x6f070ffe")));
        }

        private static KexecSegment segment(long start, long end) {
            var loaded = (Loaded) load(LINUX_6_9, GUEST, new PhysicalRange(start, end));
            return loaded.image().segments().get(0);
        }
    }

    @Nested
    class Refusals {

        @Test
        void withoutSystemRamThereIsNothingToLoad() {
            var noRam = Guests.with(CpuSet.first(2), CpuSet.first(2), List.of(), CrashKernel.NONE);
            assertThat(load(LINUX_6_9, noRam, Guests.CRASH_KERNEL)).isEqualTo(new NotBuildable(Errno.ENOMEM));
        }

        @Test
        void aHeaderLargerThanTheConfiguredSegmentFailsTheLoad() {
            assertThat(loadRfcV2(72 - 4)).isInstanceOf(Loaded.class);
            assertThat(loadRfcV2(73 - 4))
                    .isEqualTo(new Refused(new SegmentRefusal(
                            Errno.EINVAL, "segment 0 (mem 0x6f000000, memsz 0x1000) has bufsz 8192 > memsz 4096")));
        }

        private static FileLoad loadRfcV2(int ranges) {
            var config = new KernelConfig(64, 8192, true, 4096);
            return FileLoad.load(RFC_V2, config, Guests.with(2, ranges), Guests.CRASH_KERNEL, 46, PAGES);
        }
    }

    @Test
    void aKernelWithoutCrashHotplugDoesNotRememberTheIndex() {
        var loaded = (Loaded) load(LINUX_BEFORE_6_6, GUEST, Guests.CRASH_KERNEL);
        assertThat(loaded.image().knownIndex()).isEqualTo(-1);
        assertThat(loaded.image().elfcorehdrIndex()).hasValue(0);
        assertThat(loaded.image().segments()).containsExactly(new KexecSegment(0x6f000000, 4096, 4096));
    }
}
