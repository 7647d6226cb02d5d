package io.crashplug.api;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelConfig;
import io.crashplug.elfcore.Pages;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.Vectors;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Single headers of the vectors as those of stored machines, whose image is loaded or rewritten by an event. */
class CaseVectorApiTests extends ApiTest {

    /** The capacity of the kernel's range array is no input of the API: the kernel always makes it large enough. */
    private static final List<JsonNode> CASES =
            Vectors.cases().stream().filter(vector -> !vector.has("max_ranges")).toList();

    @Test
    void everyCaseThatAMachineCanHaveIsLoaded() {
        assertThat(countByVariant(loadable())).isEqualTo(Map.of("rfcv2", 49L, "v6.6", 42L, "v7.0", 44L));
        assertThat(countByVariant(resized())).isEqualTo(Map.of("rfcv2", 2L, "v6.6", 1L, "v7.0", 2L));
        assertThat(withoutMemory()).hasSize(3);
        assertThat(withoutRoom()).hasSize(2);
        // A segment is made of pages, so none has 4,095 bytes.
        assertThat(CASES.stream().filter(vector -> vector.path("memsz").intValue(0) == 4095))
                .hasSize(1);
    }

    private static Map<String, Long> countByVariant(Stream<JsonNode> vectors) {
        return vectors.collect(groupingBy(vector -> Vectors.text(vector, "variant"), counting()));
    }

    private static Stream<JsonNode> loadable() {
        return CASES.stream().filter(vector -> ret(vector) == 0 && !vector.has("memsz") && hasRoom(vector));
    }

    private static Stream<JsonNode> withoutRoom() {
        return CASES.stream().filter(vector -> ret(vector) == 0 && !hasRoom(vector));
    }

    private static Stream<JsonNode> withoutMemory() {
        return CASES.stream().filter(vector -> ret(vector) != 0);
    }

    private static Stream<JsonNode> resized() {
        return CASES.stream()
                .filter(vector -> vector.has("memsz") && vector.get("memsz").intValue() % Pages.SIZE_BYTES == 0);
    }

    @TestFactory
    Stream<DynamicTest> aLoadedImageHoldsTheHeaderThatTheKernelsFunctionsBuild() {
        return loadable()
                .map(vector -> dynamicTest(Vectors.title(vector), () -> {
                    var name = create(vector, inputs(vector));
                    load(name, Requests.FILE_LOAD);
                    int goingOffline = vector.path("offlinecpu").intValue(-1);
                    if (vector.path("hotplug_event").intValue(0) == 1 && isPresent(vector, goingOffline)) {
                        hotplug(name, Requests.changeSet(Requests.cpu("OFFLINE_CPU", new CpuId(goingOffline))));
                    }
                    assertHeader(vector, name);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aHeaderGrowsWithinItsSegmentAndNotBeyond() {
        return resized()
                .map(vector -> dynamicTest(Vectors.title(vector), () -> {
                    var grown = inputs(vector);
                    var ram = grown.systemRam().ranges();
                    var small = with(grown, CrashMemory.of(ram.subList(0, 2)), grown.crashKernel());
                    var name = create(vector, small);
                    var before = ((HeaderBuild.Built) ElfCoreHeader.build(Vectors.profile(vector), small)).header();
                    var segment = Requests.segment(
                            grown.crashKernel().high().start(),
                            vector.get("memsz").longValue(),
                            before.bytes().toByteArray());
                    load(
                            name,
                            Requests.userspaceLoad(
                                    List.of("KEXEC_ON_CRASH", "KEXEC_UPDATE_ELFCOREHDR"), List.of(segment)));

                    var rest = Requests.changeSet(ram.subList(2, ram.size()).stream()
                            .map(range -> Requests.memory("ADD_MEMORY", range))
                            .toList());
                    if (vector.get("expect").path("refused").booleanValue(false)) {
                        PreviewVectorApiTests.assertTooLarge(
                                vector, post("/machines/" + name + "/hotplug-events", rest));
                        assertThat(HeaderBytes.of(header(name))).isEqualTo(before.bytes());
                    } else {
                        assertThat(hotplug(name, rest).get("outcome").stringValue())
                                .isEqualTo("REBUILT");
                        assertHeader(vector, name);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aReservationWithoutRoomTakesNoImage() {
        return withoutRoom()
                .map(vector -> dynamicTest(Vectors.title(vector), () -> {
                    var name = create(vector, inputs(vector));
                    var problem = body(put(name, Requests.FILE_LOAD), 422);
                    assertThat(problem.get("errno").stringValue()).isEqualTo("EADDRNOTAVAIL");
                    assertThat(problem.get("detail").stringValue())
                            .isEqualTo("no room for an elfcorehdr of %d bytes in the crash kernel %s"
                                    .formatted(
                                            elfsz(vector),
                                            inputs(vector).crashKernel().high()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> aMachineWithoutMemoryIsRefused() {
        return withoutMemory()
                .map(vector -> dynamicTest(Vectors.title(vector), () -> {
                    var guest = Requests.guest(Vectors.profile(vector), KernelConfig.DEFAULT, Vectors.inputs(vector));
                    var problem = body(post("/machines", guest.put("name", newName("empty"))), 400);
                    assertThat(problem.get("errors").get(0).get("pointer").stringValue())
                            .isEqualTo("/memory/systemRam");
                }));
    }

    /** A machine whose kernel sets just as much aside as the header needs. */
    private String create(JsonNode vector, HeaderInputs inputs) {
        var name = newName(Vectors.text(vector, "id"));
        var config = new KernelConfig(0, (elfsz(vector) - 64) / 56 - 2, true, elfsz(vector));
        create(Requests.guest(Vectors.profile(vector), config, inputs).put("name", name));
        return name;
    }

    private void assertHeader(JsonNode vector, String name) {
        var header = HeaderBytes.of(header(name));
        assertThat(header).isEqualTo(HeaderBytes.of(Vectors.bytes(Vectors.text(vector.get("expect"), "file"))));
        assertThat(header.sha256()).isEqualTo(Vectors.text(vector.get("expect"), "sha256"));
    }

    /** What the case is built from. A case without a reservation gets one above all memory, which leaves nothing out. */
    private static HeaderInputs inputs(JsonNode vector) {
        var inputs = Vectors.inputs(vector);
        var reserved = inputs.crashKernel();
        if (reserved.high() != null) {
            return inputs;
        }
        var ram = inputs.systemRam().ranges();
        long above = Pages.roundUp(ram.get(ram.size() - 1).end() + 1);
        var high = PhysicalRange.ofSize(above, elfsz(vector));
        return with(inputs, inputs.systemRam(), new CrashKernel(high, reserved.low(), reserved.cma()));
    }

    private static HeaderInputs with(HeaderInputs inputs, CrashMemory systemRam, CrashKernel crashKernel) {
        return new HeaderInputs(
                inputs.possible(),
                inputs.present(),
                inputs.notes(),
                inputs.noteSizeBytes(),
                inputs.vmcoreinfo(),
                inputs.text(),
                inputs.pageOffset(),
                systemRam,
                crashKernel);
    }

    /** Whether the whole pages of the reservation hold the header. */
    private static boolean hasRoom(JsonNode vector) {
        var reserved = inputs(vector).crashKernel().high();
        return Pages.roundUp(reserved.start()) + elfsz(vector) - 1 <= reserved.end();
    }

    private static boolean isPresent(JsonNode vector, int cpu) {
        return cpu >= 0 && Vectors.inputs(vector).present().contains(new CpuId(cpu));
    }

    private static int elfsz(JsonNode vector) {
        return vector.get("expect").get("elfsz").intValue();
    }

    private static int ret(JsonNode vector) {
        return vector.get("expect").get("ret").intValue();
    }
}
