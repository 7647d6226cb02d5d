package io.crashplug.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IomemListingTests {

    private static List<PhysicalRange> ram(String listing) {
        return IomemListing.parse(listing).systemRam().stream()
                .map(InstalledRange::range)
                .toList();
    }

    @Nested
    class SystemRam {

        @Test
        void isCountedAtAnyDepthOnce() {
            assertThat(ram("""
                            00001000-0009fbff : System RAM
                            100000000-2ffffffff : CXL Window 0
                              100000000-1ffffffff : region0
                                100000000-1ffffffff : dax0.0
                                  100000000-17fffffff : System RAM (kmem)
                                    100000000-10fffffff : System RAM
                            """))
                    .containsExactly(new PhysicalRange(0x1000, 0x9fbff), new PhysicalRange(0x100000000L, 0x17fffffffL));
        }

        @Test
        void adjacentRangesStayApart() {
            assertThat(ram("00100000-1fffffff : System RAM\n20000000-2fffffff : System RAM\n"))
                    .hasSize(2);
        }

        @Test
        void mayBeIndentedUniformlyAndFollowedByRemarks() {
            assertThat(
                            ram(
                                    "    00001000-0009fbff : System RAM     <- below 1 MiB\n\n    00100000-bffdffff : System RAM\n"))
                    .hasSize(2);
        }

        @Test
        void addressesOfAnyWidthAreRead() {
            assertThat(ram("1000-9fbff : System RAM\n0000000100000000-000000013fffffff : System RAM\n"))
                    .containsExactly(new PhysicalRange(0x1000, 0x9fbff), new PhysicalRange(0x100000000L, 0x13fffffffL));
        }

        @Test
        void otherResourcesDoNotCount() {
            assertThat(
                            ram(
                                    "00001000-0009fbff : System RAM\n000f0000-000fffff : System ROM\n00100000-001fffff : System RAMdisk\n"))
                    .hasSize(1);
        }

        @Test
        void aZeroedLineThatIsNoRamIsPassedOver() {
            assertThat(ram("00001000-0009dfff : System RAM\n  00000000-00000000 : PCI Bus 0000:00\n"))
                    .hasSize(1);
        }

        @Test
        void ofVirtioMemBelongsToTheDeviceAroundIt() {
            var listing = IomemListing.parse("""
                    00001000-0009fbff : System RAM
                    140000000-333ffffff : virtio0
                      140000000-147ffffff : System RAM (virtio_mem)
                    334000000-533ffffff : virtio1
                      338000000-33fffffff : System RAM (virtio_mem)
                    """);
            assertThat(listing.systemRam())
                    .extracting(InstalledRange::device)
                    .containsExactly(
                            null,
                            new MemoryDevice(MemoryDevice.Type.VIRTIO_MEM, "virtio0", null, null),
                            new MemoryDevice(MemoryDevice.Type.VIRTIO_MEM, "virtio1", null, null));
        }
    }

    @Nested
    class CrashKernelRanges {

        @Test
        void oneIsWhereImagesAreLoaded() {
            var reserved = IomemListing.parse("00100000-bffdffff : System RAM\n  2a000000-340fffff : Crash kernel\n")
                    .crashKernel();
            assertThat(reserved.high()).isEqualTo(new PhysicalRange(0x2a000000, 0x340fffff));
            assertThat(reserved.low()).isNull();
        }

        @Test
        void ofTwoTheUpperIsWhereImagesAreLoaded() {
            var reserved = IomemListing.parse("""
                            00100000-bffdffff : System RAM
                              2a000000-340fffff : Crash kernel
                            100000000-43fffffff : System RAM
                              3f0000000-42fffffff : Crash kernel
                            """).crashKernel();
            assertThat(reserved.high()).isEqualTo(new PhysicalRange(0x3f0000000L, 0x42fffffffL));
            assertThat(reserved.low()).isEqualTo(new PhysicalRange(0x2a000000, 0x340fffff));
        }

        @Test
        void mayStandAtTopLevel() {
            assertThat(IomemListing.parse("00000000-2fffffff : System RAM\n30000000-3fffffff : Crash kernel\n")
                            .crashKernel()
                            .high())
                    .isEqualTo(new PhysicalRange(0x30000000, 0x3fffffff));
        }

        @Test
        void threeAreRefused() {
            assertThatThrownBy(() -> IomemListing.parse("""
                            00100000-bffdffff : System RAM
                              2a000000-2a0fffff : Crash kernel
                              2b000000-2b0fffff : Crash kernel
                              2c000000-2c0fffff : Crash kernel
                            """))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there are 3 Crash kernel ranges; Linux reserves two at most");
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @ValueSource(strings = {"[...]", "  [...]", "...", "  ....", "…"})
        void aCutListingIsRefused(String cut) {
            assertThatThrownBy(() -> IomemListing.parse("00001000-0009fbff : System RAM\n" + cut + "\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the listing is cut at line 2");
        }

        @Test
        void aMaskedListingIsRefused() {
            assertThatThrownBy(
                            () -> IomemListing.parse("00000000-00000000 : Reserved\n00000000-00000000 : System RAM\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the addresses are all zero: /proc/iomem was read without privilege; read it as root");
        }

        @Test
        void aListingWithoutSystemRamIsRefused() {
            assertThatThrownBy(() -> IomemListing.parse("00000000-00000fff : Reserved\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the listing has no System RAM");
        }

        @Test
        void otherTextIsRefusedWithItsLine() {
            assertThatThrownBy(() -> IomemListing.parse("00001000-0009fbff : System RAM\nMemTotal: 4 kB\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("line 2 has not the form of /proc/iomem, start-end : name");
        }

        @Test
        void aRangeThatEndsBeforeItBeginsIsRefused() {
            assertThatThrownBy(() -> IomemListing.parse("00002000-00001000 : System RAM\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("line 1 is no range of memory");
        }
    }
}
