package io.crashplug.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.Vmcoreinfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each figure is tried out: as many ranges are added and a header is built, then one more. */
class HeaderGrowthTests {

    private static final long SEED = Long.getLong("crashplug.seed", 4_096L);
    private static final KernelText TEXT = new KernelText(0xffffffff81000000L, 0x1000000, 0x2c30000);
    private static final long BLOCK = 0x800_0000;

    /** Above all memory that the layouts here have. */
    private static final long ABOVE = 1L << 45;

    /** A guest to build headers of. */
    private record Guest(
            KernelProfile profile,
            CpuSet possible,
            CpuSet present,
            List<PhysicalRange> ram,
            CrashKernel crashKernel,
            @Nullable KernelText text) {

        static Guest of(KernelProfile profile, int possible, int present, int ranges) {
            return new Guest(
                            profile,
                            CpuSet.first(possible),
                            CpuSet.first(present),
                            List.of(new PhysicalRange(0x1000, 0x9fbff)),
                            CrashKernel.NONE,
                            TEXT)
                    .plusRanges(ranges, 1L << 32);
        }

        Guest plusRanges(long count, long from) {
            var more = IntStream.range(0, (int) count).mapToObj(i -> PhysicalRange.ofSize(from + i * 2 * BLOCK, BLOCK));
            return new Guest(
                    profile,
                    possible,
                    present,
                    Stream.concat(ram.stream(), more).toList(),
                    crashKernel,
                    text);
        }

        Guest plusRanges(long count) {
            return plusRanges(count, ABOVE);
        }

        Guest withPresent(CpuSet cpus) {
            return new Guest(profile, possible, cpus, ram, crashKernel, text);
        }

        Guest withPossible(CpuSet cpus) {
            return new Guest(profile, cpus, present, ram, crashKernel, text);
        }

        ElfCoreHeader header() {
            var inputs = new HeaderInputs(
                    possible,
                    present,
                    new CrashNotes(Map.of()),
                    CrashNotes.X86_64_SIZE_BYTES,
                    Vmcoreinfo.UNKNOWN,
                    text,
                    0xffff888000000000L,
                    CrashMemory.of(ram),
                    crashKernel);
            return ((HeaderBuild.Built) ElfCoreHeader.build(profile, inputs)).header();
        }

        HeaderGrowth growth() {
            return new HeaderGrowth(profile, possible.count(), present.count(), header());
        }
    }

    private static void assertEndsAt(Guest guest, Limit limit, long sizeBytes) {
        assertThat(guest.plusRanges(limit.moreRanges()).header().elfsz())
                .as(limit.detail())
                .isLessThanOrEqualTo((int) sizeBytes);
        assertThat(guest.plusRanges(limit.moreRanges() + 1).header().elfsz())
                .as(limit.detail())
                .isGreaterThan((int) sizeBytes);
    }

    @ParameterizedTest
    @EnumSource
    void theLastRangeOfAPageFitsAndOneMoreTakesThePageAfterIt(KernelProfile profile) {
        // 8 CPUs, vmcoreinfo and kernel text leave 62 of 72 slots.
        for (int ranges : List.of(1, 2, 61, 62, 63, 134, 135, 136)) {
            var guest = Guest.of(profile, 8, 4, ranges);
            var limit = guest.growth().nextPage();
            assertEndsAt(guest, limit, guest.header().elfsz());
            assertThat(limit.freePhdrs())
                    .isEqualTo(limit.moreRanges())
                    .isEqualTo(((ranges > 62 ? 135 : 62) + (ranges > 135 ? 73 : 0)) - ranges);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLastRangeBeforeMemszFitsAndOneMoreDoesNot(KernelProfile profile) {
        var guest = Guest.of(profile, 8, 4, 5);
        for (long memsz : List.of(4096L, 8192L, 131_072L, 462_848L, 921_600L)) {
            assertEndsAt(guest, guest.growth().memsz(memsz), memsz);
        }
    }

    @Test
    void theDefaultReservationHoldsWhatItSays() {
        var guest = Guest.of(KernelProfile.LINUX_6_9, 8, 4, 5);
        var limit = guest.growth().memsz(462_848);
        assertThat(limit.maxPhdrs()).isEqualTo(8264);
        assertThat(limit.moreRanges()).isEqualTo(8249);
        assertThat(limit.detail())
                .isEqualTo("memsz 462848 is for 8,264 program headers; 8,249 more ranges fit, as modules of 128 MiB"
                        + " about 1.0 TiB: practically out of reach for modules, which have few slots");
    }

    @Test
    void aHeaderThatIsTooLargeLacksWhatTheLimitSays() {
        var guest = Guest.of(KernelProfile.RFC_V2, 8, 4, 70);
        var limit = guest.growth().memsz(4096);
        assertThat(limit.freePhdrs()).isEqualTo(-8);
        assertThat(limit.moreRanges()).isZero();
        assertThat(limit.moreCpus()).isZero();
        assertThat(limit.detail()).isEqualTo("memsz 4096 is for 72 program headers, 8 too few");
        assertThat(Guest.of(KernelProfile.RFC_V2, 8, 4, 62).header().elfsz()).isEqualTo(4096);
    }

    @ParameterizedTest
    @EnumSource
    void thePresentCpusTakeNoSlotAndPossibleOnesDo(KernelProfile profile) {
        var guest = Guest.of(profile, 8, 4, 50);
        var limit = guest.growth().memsz(4096);
        assertThat(limit.moreCpus()).isEqualTo(4);
        assertThat(guest.withPresent(guest.possible()).header().phdrSlots())
                .isEqualTo(guest.header().phdrSlots());
        assertThat(guest.withPresent(guest.possible()).growth().memsz(4096).moreRanges())
                .isEqualTo(limit.moreRanges());
        int more = (int) limit.morePossibleCpus();
        assertThat(guest.withPossible(CpuSet.first(8 + more)).header().elfsz()).isEqualTo(4096);
        assertThat(guest.withPossible(CpuSet.first(8 + more + 1)).header().elfsz())
                .isEqualTo(8192);
    }

    @Test
    void noKernelHasMorePossibleCpusThanItWasBuiltFor() {
        var limit = Guest.of(KernelProfile.LINUX_6_9, 8000, 1, 5).growth().memsz(921_600);
        assertThat(limit.morePossibleCpus()).isEqualTo(192).isLessThan(limit.freePhdrs());
    }

    @ParameterizedTest
    @EnumSource
    void theLastCountThatEPhnumStatesIsOneBelowPnXnum(KernelProfile profile) {
        var guest = Guest.of(profile, 8, 4, 65_000);
        var limit = guest.growth().phnum(null);
        var last = guest.plusRanges(limit.moreRanges());
        assertThat(last.header().phdrCount()).isEqualTo(0xfffe);
        assertThat(last.growth().phnum(null).moreRanges()).isZero();
        assertThat(last.plusRanges(1, 1L << 50).header().phdrCount()).isEqualTo(0xffff);
    }

    @Test
    void ofThePresentCpusAloneEPhnumCountsEach() {
        // 4 notes, vmcoreinfo and text: two more fit.
        var guest = Guest.of(KernelProfile.RFC_V2, 8, 4, 65_526);
        assertThat(guest.growth().phnum(null).moreCpus()).isEqualTo(2);
        assertThat(guest.withPresent(CpuSet.first(6)).header().phdrCount()).isEqualTo(0xfffe);
        assertThat(guest.withPresent(CpuSet.first(7)).header().phdrCount()).isEqualTo(0xffff);
        assertThat(Guest.of(KernelProfile.LINUX_6_9, 8, 4, 65_526)
                        .growth()
                        .phnum(null)
                        .moreCpus())
                .isEqualTo(4);
    }

    @Test
    void aLimitThatMemszHidesSaysSo() {
        var growth = Guest.of(KernelProfile.LINUX_6_9, 8, 4, 5).growth();
        assertThat(growth.phnum(growth.memsz(4096)).detail())
                .isEqualTo("e_phnum states up to 65,534 program headers (PN_XNUM - 1) and 15 are written; 65,519 more"
                        + " ranges, practically out of reach: memsz ends after 57 of them");
    }

    @ParameterizedTest
    @EnumSource
    void randomLayoutsEndWhereTheLimitsSay(KernelProfile profile) {
        System.out.println("random growth: -Dcrashplug.seed=" + SEED);
        var random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            var guest = random(profile, random);
            var growth = guest.growth();
            assertEndsAt(guest, growth.nextPage(), growth.header().elfsz());
            long memsz = growth.header().elfsz() + 4096L * random.nextInt(4);
            assertEndsAt(guest, growth.memsz(memsz), memsz);
            long phnum = growth.phnum(null).moreRanges();
            assertThat(growth.header().phdrCount() + phnum).isEqualTo(0xfffe);
        }
    }

    /** Memory with holes, of which the first MiB and up to three reservations cut some. */
    private static Guest random(KernelProfile profile, Random random) {
        var ram = new ArrayList<PhysicalRange>();
        ram.add(new PhysicalRange(0x1000, 0x9fbff));
        for (long at = 0x100000; ram.size() < 2 + random.nextInt(150); ) {
            long size = 0x1000L * (1 + random.nextInt(4096));
            ram.add(PhysicalRange.ofSize(at, size));
            at += size + 0x1000L * random.nextInt(3);
        }
        long end = ram.get(ram.size() - 1).end();
        var possible = CpuSet.first(1 + random.nextInt(80));
        var present = CpuSet.of(possible.stream()
                .filter(cpu -> cpu.equals(new CpuId(0)) || random.nextBoolean())
                .toList());
        var crashKernel = new CrashKernel(
                inside(random, end),
                random.nextBoolean() ? inside(random, end) : null,
                random.nextBoolean() ? List.of(inside(random, end)) : List.of());
        return new Guest(profile, possible, present, ram, crashKernel, random.nextInt(4) == 0 ? null : TEXT);
    }

    private static PhysicalRange inside(Random random, long end) {
        long start = 0x1000 * random.nextLong(1, 1 + end / 0x1000);
        return new PhysicalRange(start, Math.max(start, random.nextLong(start, end + 1)));
    }
}
