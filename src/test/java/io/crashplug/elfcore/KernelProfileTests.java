package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@link KernelProfile}, column by column. */
class KernelProfileTests {

    private static final List<PhysicalRange> TWO_CMA_RANGES = List.of(new PhysicalRange(1, 2), new PhysicalRange(4, 5));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # profile        | exclude            | slots | with 2 CMA | CMA cut | notes of
                    LINUX_BEFORE_6_6 | STOPS_AT_FIRST_CUT | 2     | 2          | false   | PRESENT
                    RFC_V2           | STOPS_AT_FIRST_CUT | 2     | 2          | false   | PRESENT_NOT_GOING_OFFLINE
                    LINUX_6_6        | STOPS_AT_FIRST_CUT | 2     | 2          | false   | POSSIBLE
                    LINUX_6_9        | THROUGH_ALL        | 3     | 5          | true    | POSSIBLE
                    """)
    void memoryAndCpusFollowTheTable(
            KernelProfile profile, ExcludeRule exclude, int slots, int slotsWithCma, boolean cutsCma, ListedCpus cpus) {
        assertThat(profile.excludeRule()).isEqualTo(exclude);
        assertThat(profile.spareSlots(CrashKernel.NONE)).isEqualTo(slots);
        assertThat(profile.spareSlots(new CrashKernel(null, null, TWO_CMA_RANGES)))
                .isEqualTo(slotsWithCma);
        assertThat(profile.excludesCma()).isEqualTo(cutsCma);
        assertThat(profile.listedCpus()).isEqualTo(cpus);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # profile        | memsz  | index known | sysfs files | known flags | digest
                    LINUX_BEFORE_6_6 | 4096   | false       | false       | 1           | COVERS_ALL
                    RFC_V2           | 131072 | true        | false       | 1           | LEAVES_OUT_ALL_AT_INDEX_0
                    LINUX_6_6        | 462848 | true        | true        | 1 4         | LEAVES_OUT_ALL_AT_INDEX_0
                    LINUX_6_9        | 462848 | true        | true        | 1 4 8       | LEAVES_OUT_ELFCOREHDR
                    """)
    void segmentAndInterfacesFollowTheTable(
            KernelProfile profile, long memsz, boolean indexKnown, boolean inSysfs, String flags, DigestRule digest) {
        var reservation = profile.reserve(KernelConfig.DEFAULT, Guests.header(profile, Guests.withRanges(1)));
        assertThat(reservation.memszBytes()).isEqualTo(memsz);
        assertThat(reservation.indexKnown()).isEqualTo(indexKnown);
        assertThat(profile.hotplugSupport().inSysfs()).isEqualTo(inSysfs);
        assertThat(profile.knownFlags().stream().map(KexecFlag::bit))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(flags.split(" ")).map(Integer::valueOf).toList());
        assertThat(profile.digestRule()).isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # profile        | file  | load 1 | load 1+4 | load 1+8 | load 4
                    LINUX_BEFORE_6_6 | false | false  | false    | false    | false
                    RFC_V2           | true  | true   | true     | true     | true
                    LINUX_6_6        | true  | false  | true     | false    | true
                    LINUX_6_9        | true  | false  | true     | true     | false
                    """)
    void permissionFollowsTheTable(
            KernelProfile profile, boolean file, boolean load1, boolean load5, boolean load9, boolean load4) {
        assertThat(permits(profile, LoadPath.KEXEC_FILE_LOAD, 1)).isEqualTo(file);
        assertThat(permits(profile, LoadPath.KEXEC_LOAD, 1)).isEqualTo(load1);
        assertThat(permits(profile, LoadPath.KEXEC_LOAD, 5)).isEqualTo(load5);
        assertThat(permits(profile, LoadPath.KEXEC_LOAD, 9)).isEqualTo(load9);
        assertThat(permits(profile, LoadPath.KEXEC_LOAD, 4)).isEqualTo(load4);
    }

    private static boolean permits(KernelProfile profile, LoadPath loadPath, int bits) {
        Set<KexecFlag> flags = profile.knownFlags().stream()
                .filter(flag -> (bits & flag.bit()) != 0)
                .collect(Collectors.toSet());
        return profile.hotplugSupport().permits(loadPath, flags);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # profile        | file  | first on kexec_load | later on kexec_load
                    RFC_V2           | false | false               | false
                    LINUX_6_6        | true  | false               | true
                    LINUX_6_9        | true  | false               | true
                    """)
    void skippedCpuEventsFollowTheTable(KernelProfile profile, boolean file, boolean first, boolean later) {
        var support = profile.hotplugSupport();
        assertThat(support.skips(KernelEvent.CPU, LoadPath.KEXEC_FILE_LOAD, false))
                .isEqualTo(file);
        assertThat(support.skips(KernelEvent.CPU, LoadPath.KEXEC_LOAD, false)).isEqualTo(first);
        assertThat(support.skips(KernelEvent.CPU, LoadPath.KEXEC_LOAD, true)).isEqualTo(later);
    }

    @Test
    void memoryEventsAreNeverSkipped() {
        for (var profile : KernelProfile.values()) {
            for (var loadPath : LoadPath.values()) {
                assertThat(profile.hotplugSupport().skips(KernelEvent.MEMORY, loadPath, true))
                        .isFalse();
            }
        }
    }

    @Test
    void flagsGoByTheKernelsNames() {
        assertThat(KexecFlag.named("KEXEC_UPDATE_ELFCOREHDR")).contains(KexecFlag.KEXEC_UPDATE_ELFCOREHDR);
        assertThat(KexecFlag.named("KEXEC_FILE_UNLOAD")).isEmpty();
    }

    @Test
    void memoryComesBeforeCpuWhereOneEventStandsForBoth() {
        assertThat(KernelEvent.CPU.and(KernelEvent.CPU)).isEqualTo(KernelEvent.CPU);
        assertThat(KernelEvent.CPU.and(KernelEvent.MEMORY)).isEqualTo(KernelEvent.MEMORY);
        assertThat(KernelEvent.MEMORY.and(KernelEvent.CPU)).isEqualTo(KernelEvent.MEMORY);
    }
}
