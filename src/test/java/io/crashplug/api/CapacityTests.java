package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What fits by the service's own word is then plugged, and one more. */
class CapacityTests extends ApiTest {

    private final String machine = newName("capacity");

    private JsonNode capacity() {
        return body(api().get("/machines/{machine}/capacity", machine), 200);
    }

    private void create(String profile, int crashMaxMemoryRanges) {
        create(SmallGuest.text(machine, profile, crashMaxMemoryRanges));
    }

    private List<String> codes() {
        return capacity()
                .get("messages")
                .valueStream()
                .map(message -> message.get("code").stringValue())
                .toList();
    }

    private String message(String code) {
        return capacity()
                .get("messages")
                .valueStream()
                .filter(message -> message.get("code").stringValue().equals(code))
                .map(message -> message.get("detail").stringValue())
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINUX_6_9", "LINUX_6_6", "RFC_V2"})
    void theLargestChangeFitsAndOneMoreRangeDoesNot(String profile) {
        create(profile, SmallGuest.ONE_PAGE);
        load(machine, FILE_LOAD);
        var capacity = capacity();
        assertThat(capacity.get("memszBytes").longValue()).isEqualTo(4096);
        // 8 possible CPUs, vmcoreinfo, kernel text, 3 ranges: 4 CPUs are present and have a slot each all the same.
        assertThat(capacity.get("phdrSlots").intValue()).isEqualTo(13);
        assertThat(capacity.get("phdrCount").intValue()).isEqualTo(profile.equals("RFC_V2") ? 9 : 13);
        int most = capacity.at("/largestChange/moreRanges").intValue();
        assertThat(most)
                .isEqualTo(59)
                .isEqualTo(capacity.at("/memsz/moreRanges").intValue());
        assertThat(capacity.at("/largestChange/limitedBy").stringValue()).isEqualTo("MEMSZ");
        assertThat(elfcorehdr(machine).get("headroomPhdrs").intValue()).isEqualTo(most);

        assertThat(post("/machines/" + machine + "/hotplug-events", SmallGuest.addAll(1, most + 1))
                        .statusCode())
                .isEqualTo(409);
        assertThat(hotplug(machine, SmallGuest.addAll(1, most)).get("outcome").stringValue())
                .isEqualTo("REBUILT");

        assertThat(capacity().at("/memsz/freePhdrs").intValue()).isZero();
        assertThat(elfcorehdr(machine).get("headroomPhdrs").intValue()).isZero();
        hotplug(machine, SmallGuest.addAll(most + 1, 2).put("whenTooLarge", "KEEP_STALE"));
        assertThat(capacity().at("/memsz/freePhdrs").intValue()).isEqualTo(-2);
        assertThat(capacity().at("/memsz/moreRanges").intValue()).isZero();
        assertThat(message("TOO_LARGE"))
                .isEqualTo("elfsz 8192 > memsz 4096: the header cannot follow the layout until the image is loaded"
                        + " again, with memsz 8192 or more");
    }

    @Test
    void aChangeSetLimitsWhatALargeSegmentHolds() {
        create("LINUX_6_9", SmallGuest.LARGE);
        load(machine, FILE_LOAD);
        var capacity = capacity();
        assertThat(capacity.at("/largestChange/moreRanges").intValue()).isEqualTo(1000);
        assertThat(capacity.at("/largestChange/limitedBy").stringValue()).isEqualTo("CHANGE_SET");
        assertThat(capacity.at("/memsz/moreRanges").intValue()).isGreaterThan(16_000);
        assertThat(capacity.at("/nextPage/moreRanges").intValue()).isEqualTo(59);
        assertThat(capacity.get("elfszBytes").intValue()).isEqualTo(4096);
        hotplug(machine, SmallGuest.addAll(1, 59));
        assertThat(capacity().get("elfszBytes").intValue()).isEqualTo(4096);
        hotplug(machine, SmallGuest.addAll(60, 1));
        assertThat(capacity().get("elfszBytes").intValue()).isEqualTo(8192);
    }

    @Test
    void pluggingEveryPossibleCpuTakesNoRoom() {
        create("RFC_V2", SmallGuest.ONE_PAGE);
        load(machine, FILE_LOAD);
        var before = capacity();
        assertThat(before.at("/memsz/moreCpus").intValue()).isEqualTo(4);
        hotplug(
                machine,
                Requests.changeSet(IntStream.range(4, 8)
                        .mapToObj(cpu -> Requests.cpu("ADD_CPU", new io.crashplug.elfcore.CpuId(cpu)))
                        .toList()));
        var after = capacity();
        assertThat(after.at("/memsz/moreRanges")).isEqualTo(before.at("/memsz/moreRanges"));
        assertThat(after.at("/memsz/moreCpus").intValue()).isZero();
        assertThat(after.get("phdrCount").intValue())
                .isEqualTo(before.get("phdrCount").intValue() + 4);
        assertThat(message("POSSIBLE_CPUS_ARE_FIXED"))
                .startsWith("possible CPUs are fixed at boot: all 8 possible CPUs are present");
    }

    @Nested
    class WithoutARewrittenHeader {

        @ParameterizedTest
        @CsvSource({"LINUX_6_9, 4096", "RFC_V2, 4096", "LINUX_BEFORE_6_6, 4096"})
        void nothingLoadedTellsWhatALoadWouldSetAside(String profile, long memsz) {
            create(profile, SmallGuest.ONE_PAGE);
            var capacity = capacity();
            assertThat(capacity.get("memszBytes").isNull()).isTrue();
            assertThat(capacity.get("memsz").isNull()).isTrue();
            assertThat(capacity.get("largestChange").isNull()).isTrue();
            assertThat(capacity.at("/fileLoad/memszBytes").longValue()).isEqualTo(memsz);
            assertThat(message("NOT_LOADED"))
                    .isEqualTo("no crash image is loaded; a KEXEC_FILE_LOAD would set memsz 4096 aside, for 59 more"
                            + " ranges");
            load(machine, FILE_LOAD);
            assertThat(capacity().get("memszBytes").longValue()).isEqualTo(memsz);
            assertThat(codes()).doesNotContain("NOT_LOADED");
        }

        @Test
        void aKernelWithoutCrashHotplugNeedsAReload() {
            create("LINUX_BEFORE_6_6", SmallGuest.LARGE);
            load(machine, FILE_LOAD);
            var capacity = capacity();
            assertThat(capacity.get("memszBytes")).isEqualTo(capacity.get("elfszBytes"));
            assertThat(capacity.at("/largestChange/moreRanges").intValue()).isZero();
            assertThat(capacity.at("/largestChange/limitedBy").stringValue()).isEqualTo("NOT_REWRITTEN");
            assertThat(message("NO_CRASH_HOTPLUG")).contains("any growth needs the image to be loaded again");
            assertThat(hotplug(machine, SmallGuest.addAll(1, 1)).get("outcome").stringValue())
                    .isEqualTo("NOT_PERMITTED");
        }

        @Test
        void anImageWithoutPermissionTellsTheSmallestMemsz() {
            create("LINUX_6_9", SmallGuest.ONE_PAGE);
            load(machine, FILE_LOAD);
            var segment = Requests.segment(0x6f000000L, 8192, header(machine));
            load(machine, Requests.userspaceLoad(List.of("KEXEC_ON_CRASH"), List.of(segment)));
            assertThat(capacity().at("/memsz/maxPhdrs").intValue()).isEqualTo(145);
            assertThat(capacity().at("/largestChange/limitedBy").stringValue()).isEqualTo("NOT_REWRITTEN");
            assertThat(message("UPDATE_NOT_PERMITTED")).endsWith("with memsz 4096 or more");
        }

        @Test
        void anImageWithoutAHeaderHasNoMemsz() {
            create("LINUX_6_9", SmallGuest.ONE_PAGE);
            var segment = Requests.segment(0x6f000000L, 8192, new byte[16]);
            load(machine, Requests.userspaceLoad(List.of("KEXEC_ON_CRASH"), List.of(segment)));
            assertThat(capacity().get("memszBytes").isNull()).isTrue();
            assertThat(codes()).contains("HEADER_NOT_FOUND");
        }

        @Test
        void noMachineHasNoCapacity() {
            body(api().get("/machines/{machine}/capacity", "nobody"), 404);
        }
    }
}
