package io.crashplug.elfcore;

import static io.crashplug.elfcore.KernelEvent.CPU;
import static io.crashplug.elfcore.KernelEvent.MEMORY;
import static io.crashplug.elfcore.KernelProfile.LINUX_6_9;
import static io.crashplug.elfcore.KernelProfile.LINUX_BEFORE_6_6;
import static io.crashplug.elfcore.KernelProfile.RFC_V2;
import static io.crashplug.elfcore.KexecFlag.KEXEC_ON_CRASH;
import static io.crashplug.elfcore.KexecFlag.KEXEC_UPDATE_ELFCOREHDR;
import static io.crashplug.elfcore.LoadPath.KEXEC_FILE_LOAD;
import static io.crashplug.elfcore.LoadPath.KEXEC_LOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.crashplug.elfcore.HotplugHandling.DoesNotFit;
import io.crashplug.elfcore.HotplugHandling.NoElfcorehdr;
import io.crashplug.elfcore.HotplugHandling.NotBuildable;
import io.crashplug.elfcore.HotplugHandling.NotPermitted;
import io.crashplug.elfcore.HotplugHandling.Reached;
import io.crashplug.elfcore.HotplugHandling.Rebuilt;
import io.crashplug.elfcore.HotplugHandling.Skipped;
import io.crashplug.elfcore.HotplugHandling.Unchanged;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HotplugHandlingTests {

    private static final Set<KexecFlag> NO_HOTPLUG = Set.of(KEXEC_ON_CRASH);
    private static final Set<KexecFlag> HOTPLUG = Set.of(KEXEC_ON_CRASH, KEXEC_UPDATE_ELFCOREHDR);
    private static final HeaderInputs ONE_RANGE = Guests.with(2, 1);
    private static final HeaderInputs TWO_RANGES = Guests.with(2, 2);

    /** An image of two segments, the second one with the header of {@link #ONE_RANGE} and 4096 bytes. */
    private static ArmedImage image(LoadPath loadPath, Set<KexecFlag> flags, int knownIndex) {
        var header = Guests.header(LINUX_6_9, ONE_RANGE);
        return new ArmedImage(
                loadPath,
                flags,
                List.of(new KexecSegment(0x6f000000, 4096, 2), new KexecSegment(0x6f001000, 4096, 4096)),
                List.of(SegmentContent.of(Guests.hex("9090"), 4096), SegmentContent.of(header.bytes(), 4096)),
                knownIndex,
                false);
    }

    private static HotplugHandling handle(
            KernelProfile profile, ArmedImage image, KernelEvent event, HeaderInputs now) {
        return HotplugHandling.handle(profile, image, event, now, CpuSet.NONE);
    }

    @Nested
    class Permission {

        @Test
        void anImageLoadedWithoutAHotplugFlagIsLeftAlone() {
            var handling = handle(LINUX_6_9, image(KEXEC_LOAD, NO_HOTPLUG, -1), MEMORY, TWO_RANGES);
            assertThat(handling).isEqualTo(new NotPermitted());
        }

        @Test
        void rfcV2AsksForNone() {
            var handling = handle(RFC_V2, image(KEXEC_LOAD, NO_HOTPLUG, -1), MEMORY, TWO_RANGES);
            assertThat(handling).isInstanceOf(Rebuilt.class);
        }

        @Test
        void aKernelWithoutCrashHotplugLeavesADifferentHeader() {
            var image = image(KEXEC_FILE_LOAD, NO_HOTPLUG, 1);
            assertThat(handle(LINUX_BEFORE_6_6, image, MEMORY, TWO_RANGES)).isEqualTo(new NotPermitted());
            assertThat(handle(LINUX_BEFORE_6_6, image, MEMORY, ONE_RANGE)).isInstanceOf(Unchanged.class);
        }

        @Test
        void aCpuThatGoesOfflineThereStaysPresentAndListed() {
            var image = image(KEXEC_FILE_LOAD, NO_HOTPLUG, 1);
            var handling = HotplugHandling.handle(LINUX_BEFORE_6_6, image, CPU, ONE_RANGE, CpuSet.parse("1"));
            assertThat(handling).isInstanceOf(Unchanged.class);
        }
    }

    @Nested
    class Search {

        @Test
        void aFoundHeaderIsRemembered() {
            var image = reached(handle(LINUX_6_9, image(KEXEC_LOAD, HOTPLUG, -1), MEMORY, TWO_RANGES));
            assertThat(image.knownIndex()).isEqualTo(1);
            assertThat(image.elfcorehdrUpdated()).isTrue();
        }

        @Test
        void withoutTheMagicThereIsNoElfcorehdr() {
            var magicGone = image(KEXEC_LOAD, HOTPLUG, -1).withContent(1, SegmentContent.of(Guests.hex("00"), 4096));
            assertThat(handle(LINUX_6_9, magicGone, MEMORY, TWO_RANGES)).isEqualTo(new NoElfcorehdr());
        }

        @Test
        void aRememberedIndexNeedsNoMagic() {
            var image = reached(handle(LINUX_6_9, image(KEXEC_FILE_LOAD, NO_HOTPLUG, 0), MEMORY, TWO_RANGES));
            assertThat(image.knownIndex()).isZero();
            assertThat(image.contents().get(0).first(4096))
                    .isEqualTo(Guests.header(LINUX_6_9, TWO_RANGES).bytes());
        }
    }

    @Nested
    class CpuEvents {

        @Test
        void kexecFileLoadListsEveryPossibleCpuAlready() {
            var image = image(KEXEC_FILE_LOAD, NO_HOTPLUG, 1);
            var handling = handle(LINUX_6_9, image, CPU, TWO_RANGES);
            assertThat(handling).isInstanceOf(Skipped.class);
            assertThat(reached(handling).contents()).isEqualTo(image.contents());
        }

        @Test
        void kexecLoadIsRewrittenByTheFirstEventOnly() {
            var first = handle(LINUX_6_9, image(KEXEC_LOAD, HOTPLUG, -1), CPU, TWO_RANGES);
            assertThat(first).isInstanceOf(Rebuilt.class);
            assertThat(handle(LINUX_6_9, reached(first), CPU, ONE_RANGE)).isInstanceOf(Skipped.class);
        }

        @Test
        void rfcV2LeavesOutTheCpuThatGoesOfflineForOneHeader() {
            var gone = HotplugHandling.handle(
                    RFC_V2, image(KEXEC_FILE_LOAD, NO_HOTPLUG, 1), CPU, ONE_RANGE, CpuSet.parse("1"));
            assertThat(phdrCount(gone)).isEqualTo(4);
            assertThat(phdrCount(handle(RFC_V2, reached(gone), MEMORY, ONE_RANGE)))
                    .isEqualTo(5);
        }

        private static int phdrCount(HotplugHandling handling) {
            return DecodedHeader.parse(reached(handling).contents().get(1).first(4096))
                    .phdrs()
                    .size();
        }
    }

    @Nested
    class Rewrite {

        private final ArmedImage image = image(KEXEC_FILE_LOAD, NO_HOTPLUG, 1);

        @Test
        void onlyTheHeadersSegmentChanges() {
            var rewritten = reached(handle(LINUX_6_9, image, MEMORY, TWO_RANGES));
            assertThat(rewritten.contents().get(0)).isEqualTo(image.contents().get(0));
            assertThat(rewritten.contents().get(1).first(4096))
                    .isEqualTo(Guests.header(LINUX_6_9, TWO_RANGES).bytes());
            assertThat(rewritten.segments()).isEqualTo(image.segments());
        }

        @Test
        void theSameBytesAreUnchanged() {
            var handling = handle(LINUX_6_9, image, MEMORY, ONE_RANGE);
            assertThat(handling).isInstanceOf(Unchanged.class);
            assertThat(reached(handling).elfcorehdrUpdated()).isTrue();
        }

        @Test // 2 CPUs, vmcoreinfo, text: 68 ranges make 72 slots, which are 4096 bytes
        void aHeaderOfExactlyMemszFits() {
            assertThat(handle(LINUX_6_9, image, MEMORY, Guests.with(2, 68))).isInstanceOf(Rebuilt.class);
        }

        @Test // 69 ranges make 73 slots
        void aHeaderAPageOverDoesNotFitAndTheOldOneStays() {
            assertThat(handle(LINUX_6_9, image, MEMORY, Guests.with(2, 69)))
                    .isInstanceOfSatisfying(DoesNotFit.class, refusal -> {
                        assertThat(refusal.header().elfsz()).isEqualTo(8192);
                        assertThat(refusal.memszBytes()).isEqualTo(4096);
                        assertThat(refusal.image().contents()).isEqualTo(image.contents());
                        assertThat(refusal.image().elfcorehdrUpdated()).isTrue();
                    });
        }

        @Test
        void withoutSystemRamTheOldOneStays() {
            var noRam = Guests.with(CpuSet.first(2), CpuSet.first(2), List.of(), CrashKernel.NONE);
            assertThat(handle(LINUX_6_9, image, MEMORY, noRam)).isInstanceOfSatisfying(NotBuildable.class, failure -> {
                assertThat(failure.errno()).isEqualTo(Errno.ENOMEM);
                assertThat(failure.image().contents()).isEqualTo(image.contents());
                assertThat(failure.image().elfcorehdrUpdated()).isTrue();
            });
        }
    }

    @Test
    void everySegmentHasItsContent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArmedImage(
                        KEXEC_LOAD, HOTPLUG, List.of(new KexecSegment(0, 4096, 0)), List.of(), -1, false))
                .withMessage("1 segments with 0 contents");
    }

    private static ArmedImage reached(HotplugHandling handling) {
        return ((Reached) handling).image();
    }
}
