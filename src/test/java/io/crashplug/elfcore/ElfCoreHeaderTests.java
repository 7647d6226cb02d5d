package io.crashplug.elfcore;

import static io.crashplug.elfcore.KernelProfile.LINUX_6_6;
import static io.crashplug.elfcore.KernelProfile.LINUX_6_9;
import static io.crashplug.elfcore.KernelProfile.RFC_V2;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ElfCoreHeaderTests {

    private static final PhysicalRange RAM = new PhysicalRange(0x100000, 0x7fffffff);

    @Nested
    class Size {

        @Test // 64 + 56 * 72 = 4096
        void aPageHolds72SlotsExactly() {
            assertSlots(72, 4096);
            assertSlots(73, 8192);
        }

        @Test // 64 + 56 * 584 = 8 * 4096
        void eightPagesHold584SlotsExactly() {
            assertSlots(584, 8 * 4096);
            assertSlots(585, 9 * 4096);
        }

        private static void assertSlots(int slots, int elfsz) {
            // One CPU, vmcoreinfo, kernel text, and memory.
            var header = Guests.header(LINUX_6_9, Guests.withRanges(slots - 3));
            assertThat(header.phdrSlots().count()).isEqualTo(slots);
            assertThat(header.phdrCount()).isEqualTo(slots);
            assertThat(header.elfsz()).isEqualTo(elfsz);
            assertThat(header.bytes().length()).isEqualTo(elfsz);
        }

        @Test
        void absentCpusCountWhereTheyAreNotListed() {
            var guest = Guests.with(CpuSet.first(70), CpuSet.first(1), List.of(RAM), CrashKernel.NONE);
            var header = Guests.header(RFC_V2, guest);
            assertThat(header.phdrCount()).isEqualTo(4);
            assertThat(header.phdrSlots().count()).isEqualTo(73);
            assertThat(header.elfsz()).isEqualTo(8192);
        }

        @Test
        void kernelTextCountsWhereThereIsNone() {
            var header = Guests.header(LINUX_6_9, withoutText(Guests.withRanges(1)));
            assertThat(header.phdrCount()).isEqualTo(3);
            assertThat(header.phdrSlots().count()).isEqualTo(4);
        }

        private static HeaderInputs withoutText(HeaderInputs guest) {
            return new HeaderInputs(
                    guest.possible(),
                    guest.present(),
                    guest.notes(),
                    guest.noteSizeBytes(),
                    guest.vmcoreinfo(),
                    null,
                    guest.pageOffset(),
                    guest.systemRam(),
                    guest.crashKernel());
        }
    }

    @Nested
    class Wrapping {

        @Test
        void ePhnumHolds16Bits() {
            assertPhnum(0xffff, 0xffff);
            assertPhnum(0x10000, 0);
            assertPhnum(0x10004, 4);
        }

        private static void assertPhnum(int count, int phnum) {
            var header = Guests.header(LINUX_6_9, Guests.withRanges(count - 3));
            assertThat(header.phdrCount()).isEqualTo(count);
            var decoded = DecodedHeader.parse(header.bytes(), count);
            assertThat(decoded.ehdr().phnum()).isEqualTo(phnum);
            assertThat(decoded.phdrs().get(count - 1).isLoad()).isTrue();
        }

        @Test
        void pVaddrWrapsAt2ToThe64() {
            // The direct map has room for this much before the address space ends.
            long room = -Guests.PAGE_OFFSET;
            var ram = List.of(PhysicalRange.ofSize(room - 0x1000, 0x1000), PhysicalRange.ofSize(room, 0x1000));
            var guest = Guests.with(CpuSet.first(1), CpuSet.first(1), ram, CrashKernel.NONE);
            var phdrs =
                    DecodedHeader.parse(Guests.header(LINUX_6_9, guest).bytes()).phdrs();
            assertThat(phdrs.get(3).vaddr()).isEqualTo(0xfffffffffffff000L);
            assertThat(phdrs.get(4).vaddr()).isZero();
        }
    }

    @Nested
    class Contents {

        @Test
        void cpusAscendAndNotesOfUnknownAddressAreAt0() {
            var guest = new HeaderInputs(
                    CpuSet.parse("0,3,9"),
                    CpuSet.parse("0"),
                    new CrashNotes(Map.of(new CpuId(9), 0x9000L, new CpuId(0), 0x1000L)),
                    368,
                    Vmcoreinfo.UNKNOWN,
                    Guests.TEXT,
                    Guests.PAGE_OFFSET,
                    CrashMemory.of(List.of(RAM)),
                    CrashKernel.NONE);
            assertThat(phdrs(LINUX_6_9, guest).stream().limit(4).map(Elf64Phdr::paddr))
                    .containsExactly(0x1000L, 0L, 0x9000L, 0L);
        }

        @Test
        void whatABufferHeldBeforeIsOverwritten() {
            var guest = Guests.withRanges(1);
            var writer = new HeaderWriter(guest, guest.possible(), DumpedMemory.of(LINUX_6_9, guest, 8));
            var buffer = new byte[writer.elfsz()];
            Arrays.fill(buffer, (byte) 0xff);
            writer.writeTo(buffer);
            assertThat(HeaderBytes.of(buffer))
                    .isEqualTo(Guests.header(LINUX_6_9, guest).bytes());
        }

        @Test // ram |0 ------ 1M|------|   crash kernel in the middle
        void theFirstMegabyteAndTheCrashKernelAreLeftOut() {
            var ram = List.of(new PhysicalRange(0x1000, 0x9fbff), new PhysicalRange(0xf0000, 0x7fffffff));
            var guest = Guests.with(
                    CpuSet.first(1), CpuSet.first(1), ram, new CrashKernel(Guests.CRASH_KERNEL, null, List.of()));
            assertThat(phdrs(LINUX_6_6, guest).stream().skip(3).map(ElfCoreHeaderTests::range))
                    .containsExactly(
                            new PhysicalRange(0x100000, 0x6effffff), new PhysicalRange(0x7f000000, 0x7fffffff));
        }

        @ParameterizedTest // 3 CPUs, vmcoreinfo, text and a range are 6
        @CsvSource({"LINUX_BEFORE_6_6,6", "RFC_V2,5", "LINUX_6_6,6", "LINUX_6_9,6"})
        void onlyRfcV2LeavesOutACpuThatGoesOffline(KernelProfile profile, int phdrCount) {
            var guest = Guests.with(CpuSet.first(3), CpuSet.first(3), List.of(RAM), CrashKernel.NONE);
            var build = ElfCoreHeader.build(profile, guest, CpuSet.parse("1"));
            assertThat(((HeaderBuild.Built) build).header().phdrCount()).isEqualTo(phdrCount);
        }

        private static List<Elf64Phdr> phdrs(KernelProfile profile, HeaderInputs guest) {
            return DecodedHeader.parse(Guests.header(profile, guest).bytes()).phdrs();
        }
    }

    private static PhysicalRange range(Elf64Phdr phdr) {
        return PhysicalRange.ofSize(phdr.paddr(), phdr.memsz());
    }

    @ParameterizedTest
    @EnumSource
    void withoutSystemRamThereIsNoHeader(KernelProfile profile) {
        var guest = Guests.with(CpuSet.first(1), CpuSet.first(1), List.of(), CrashKernel.NONE);
        assertThat(ElfCoreHeader.build(profile, guest)).isEqualTo(new HeaderBuild.NotBuildable(Errno.ENOMEM));
    }

    @ParameterizedTest
    @EnumSource
    void withoutMemoryAboveTheFirstMegabyteThereIsAHeader(KernelProfile profile) {
        assertThat(Guests.header(profile, Guests.withRanges(0)).memoryRanges()).isZero();
    }
}
