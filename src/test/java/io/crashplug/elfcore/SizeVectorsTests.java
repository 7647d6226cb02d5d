package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.testdata.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class SizeVectorsTests {

    @TestFactory
    Stream<DynamicTest> aKernelReservesByItsConfiguration() {
        return Stream.of(KernelProfile.LINUX_6_6, KernelProfile.LINUX_6_9)
                .flatMap(profile -> Vectors.sizes().stream()
                        .map(vector -> dynamicTest(
                                "%s: %s, %d ranges".formatted(profile, config(vector), ranges(vector)),
                                () -> assertReservation(profile, vector))));
    }

    @TestFactory
    Stream<DynamicTest> sysfsReadsProgramHeadersOnly() {
        return Vectors.sizes().stream()
                .map(vector -> dynamicTest(
                        config(vector).toString(),
                        () -> assertThat(config(vector).crashElfcorehdrSizeBytes())
                                .isEqualTo(vector.get("expect")
                                        .get("sysfs_crash_elfcorehdr_size")
                                        .longValue())));
    }

    private static KernelConfig config(JsonNode vector) {
        return new KernelConfig(
                vector.get("nr_cpus_default").intValue(),
                vector.get("max_memory_ranges").intValue(),
                vector.get("memory_hotplug").booleanValue(),
                0);
    }

    private static int ranges(JsonNode vector) {
        return vector.get("initial_nr_ranges").intValue();
    }

    private static void assertReservation(KernelProfile profile, JsonNode vector) {
        var header = Guests.header(profile, Guests.withRanges(ranges(vector)));
        assertThat(header.memoryRanges()).isEqualTo(ranges(vector));
        var expect = vector.get("expect");

        var reservation = profile.reserve(config(vector), header);

        boolean tooMany = expect.get("over_pn_xnum").booleanValue();
        assertThat(reservation.indexKnown()).isEqualTo(!tooMany);
        if (tooMany) {
            assertThat(reservation.elfHeadersSizeBytes()).isEqualTo(header.elfsz());
        } else {
            assertThat(reservation.elfHeadersSizeBytes())
                    .isEqualTo(64 + 56 * expect.get("pnum").longValue())
                    .isEqualTo(expect.get("elf_headers_sz").longValue());
            assertThat(reservation.memszBytes())
                    .isEqualTo(expect.get("segment_memsz").longValue());
        }
    }
}
