package io.crashplug.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.KernelConfig;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.Kernel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GuestImportTests {

    private static final String IOMEM =
            "00001000-0009fbff : System RAM\n00100000-7ffddfff : System RAM\n  6f000000-7effffff : Crash kernel\n";

    /** A guest that tells everything; tests take from it. */
    private static final class Guest {

        private @Nullable KernelProfile profile;
        private String release = "6.12.95";
        private String iomem = IOMEM;
        private @Nullable CpuSet possible = CpuSet.parse("0-1");
        private @Nullable CpuSet present = CpuSet.parse("0");
        private final Map<CpuId, Long> notes = new HashMap<>(Map.of(new CpuId(0), 0x1000L, new CpuId(1), 0x2000L));
        private @Nullable Vmcoreinfo vmcoreinfo = new Vmcoreinfo(0x43fa000, 4132);
        private @Nullable Long pageOffset = 0xff11000000000000L;
        private @Nullable KernelText text = new KernelText(0xffffffff81000000L, 0x1000000, 0x2c30000);
        private @Nullable Long size = 917_616L;
        private @Nullable Integer nrCpus;
        private @Nullable Boolean cpuHotplug = true;
        private @Nullable Boolean memoryHotplug = true;
        private boolean hotplugGiven = true;
        private @Nullable Boolean loaded = true;

        GuestImport.Result imported() {
            return GuestImport.of(new GuestFacts(
                    "vm",
                    Map.of(),
                    "",
                    profile,
                    release,
                    IomemListing.parse(iomem),
                    possible,
                    present,
                    null,
                    notes,
                    null,
                    vmcoreinfo,
                    pageOffset,
                    text,
                    size,
                    nrCpus,
                    null,
                    cpuHotplug,
                    memoryHotplug,
                    hotplugGiven,
                    loaded,
                    null));
        }

        Kernel kernel() {
            return imported().machine().kernel();
        }
    }

    private final Guest guest = new Guest();

    @Nested
    class ExactnessOfWhatIsTold {

        @Test
        void everythingToldIsExact() {
            assertThat(guest.imported().machine().exactness()).isEqualTo(Exactness.EXACT);
            assertThat(guest.imported().missing()).isEmpty();
        }

        @Test
        void aMissingNoteIsNamed() {
            guest.notes.remove(new CpuId(1));
            assertThat(guest.imported().machine().exactness()).isEqualTo(Exactness.RANGES_ONLY);
            assertThat(guest.imported().missing()).containsExactly("crashNotes");
        }

        @Test
        void whatIsNotToldIsNamedAndHasItsDefault() {
            guest.vmcoreinfo = null;
            guest.pageOffset = null;
            guest.text = null;
            assertThat(guest.imported().missing()).containsExactly("vmcoreinfo", "pageOffset", "kernelText");
            assertThat(guest.kernel().pageOffset()).isEqualTo(0xffff888000000000L);
            assertThat(guest.kernel().text()).isNull();
        }

        @Test
        void cpusThatAreNotToldAreAssumedAloud() {
            guest.possible = null;
            guest.present = null;
            assertThat(guest.imported().missing()).contains("cpus");
            assertThat(guest.imported().warnings())
                    .extracting(GuestImport.Warning::code)
                    .contains("possible-cpus-assumed");
        }

        @Test
        void theSizeOfTheSegmentIsNoMatterOfExactness() {
            guest.size = null;
            assertThat(guest.imported().machine().exactness()).isEqualTo(Exactness.EXACT);
            assertThat(guest.imported().missing()).containsExactly("nrCpusDefault");
        }
    }

    @Nested
    class SegmentSize {

        @Test
        void cpusAreWhatTheRangesLeaveOfTheSize() {
            assertThat(guest.kernel().config()).isEqualTo(new KernelConfig(8192, 8192, true, 131_072));
        }

        @Test
        void aKernelWithoutMemoryHotplugCountsCpusOnly() {
            guest.memoryHotplug = null;
            guest.size = 56L * (2 + 64);
            assertThat(guest.kernel().config()).isEqualTo(new KernelConfig(64, 8192, false, 131_072));
        }

        @Test
        void aSizeTooSmallForTheRangesIsOfAKernelWithoutMemoryHotplug() {
            guest.size = 56L * (2 + 64);
            assertThat(guest.kernel().config()).isEqualTo(new KernelConfig(64, 8192, false, 131_072));
        }

        @Test
        void cpusThatAreToldWin() {
            guest.nrCpus = 64;
            assertThat(guest.kernel().config().nrCpusDefault()).isEqualTo(64);
        }
    }

    @Nested
    class Profile {

        @Test
        void isWhatIsTold() {
            guest.profile = KernelProfile.RFC_V2;
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.RFC_V2);
        }

        @Test
        void aSizeOfZeroMeansThatTheKernelHasNoCrashHotplug() {
            guest.size = 0L;
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.LINUX_BEFORE_6_6);
        }

        @Test
        void filesThatReadZeroUnderALoadedImageAndNoSizeMeanTheSame() {
            guest.size = null;
            guest.cpuHotplug = false;
            guest.memoryHotplug = false;
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.LINUX_BEFORE_6_6);
        }

        @Test
        void filesThatReadZeroWithoutAnImageSayNothing() {
            guest.size = null;
            guest.cpuHotplug = false;
            guest.memoryHotplug = false;
            guest.loaded = false;
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.LINUX_6_9);
        }

        @Test
        void filesThatReadZeroBesideASizeAreOfAnImageWithoutPermission() {
            guest.cpuHotplug = false;
            guest.memoryHotplug = false;
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.LINUX_6_9);
        }

        @Test
        void absentFilesMeanThatTheKernelHasNoCrashHotplug() {
            guest.size = null;
            guest.cpuHotplug = null;
            guest.memoryHotplug = null;
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.LINUX_BEFORE_6_6);
        }

        @Test
        void aBackportIsTakenAsMergedAndSaidAloud() {
            guest.release = "5.14.0-427.el9.x86_64";
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.LINUX_6_6);
            assertThat(guest.imported().warnings())
                    .extracting(GuestImport.Warning::code)
                    .contains("release-contradicts-sysfs");
        }

        @Test
        void neitherToldNorGuessedIsMissing() {
            guest.release = "";
            guest.size = null;
            guest.hotplugGiven = false;
            guest.cpuHotplug = null;
            guest.memoryHotplug = null;
            assertThat(guest.kernel().profile()).isEqualTo(KernelProfile.LINUX_6_9);
            assertThat(guest.imported().missing()).contains("kernelRelease");
        }
    }

    @Nested
    class Paging {

        @Test
        void aDirectMapBelowThatOfFourLevelsIsOfFiveLevels() {
            assertThat(guest.kernel().physicalAddressBits()).isEqualTo(52);
        }

        @Test
        void anyOtherIsOfFourLevels() {
            guest.pageOffset = 0xffff8f3ec0000000L;
            assertThat(guest.kernel().physicalAddressBits()).isEqualTo(46);
        }

        @Test
        void memoryAbove46BitsNeedsFiveLevels() {
            guest.pageOffset = null;
            guest.iomem = IOMEM + "400000000000-40003fffffff : System RAM\n";
            assertThat(guest.kernel().physicalAddressBits()).isEqualTo(52);
        }
    }
}
