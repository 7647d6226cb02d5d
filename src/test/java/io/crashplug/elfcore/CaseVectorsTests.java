package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.elfcore.HeaderBuild.Built;
import io.crashplug.elfcore.HeaderBuild.NotBuildable;
import io.crashplug.elfcore.HotplugHandling.DoesNotFit;
import io.crashplug.elfcore.HotplugHandling.Rebuilt;
import io.crashplug.testdata.Vectors;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class CaseVectorsTests {

    @TestFactory
    Stream<DynamicTest> aHeaderIsBuiltAsTheKernelsFunctionsBuildIt() {
        return Vectors.cases().stream()
                .map(vector -> dynamicTest(Vectors.title(vector), () -> assertHeader(vector, build(vector))));
    }

    @TestFactory
    Stream<DynamicTest> aSegmentTakesAHeaderOrRefusesItBySize() {
        return Vectors.cases().stream()
                .filter(vector -> vector.has("memsz"))
                .map(vector -> dynamicTest(Vectors.title(vector), () -> assertUpdate(vector)));
    }

    static HeaderBuild build(JsonNode vector) {
        var profile = Vectors.profile(vector);
        var inputs = Vectors.inputs(vector);
        return vector.has("max_ranges")
                ? ElfCoreHeader.build(
                        profile,
                        inputs,
                        goingOffline(vector),
                        vector.get("max_ranges").intValue())
                : ElfCoreHeader.build(profile, inputs, goingOffline(vector));
    }

    private static CpuSet goingOffline(JsonNode vector) {
        int cpu = vector.path("offlinecpu").intValue(-1);
        boolean inEvent = vector.path("hotplug_event").intValue(0) == 1;
        return inEvent && cpu >= 0 ? CpuSet.of(List.of(new CpuId(cpu))) : CpuSet.NONE;
    }

    private static void assertHeader(JsonNode vector, HeaderBuild build) {
        var expect = vector.get("expect");
        int ret = expect.get("ret").intValue();
        if (build instanceof NotBuildable failure) {
            assertThat(-failure.errno().number()).isEqualTo(ret);
            return;
        }
        assertThat(ret).isZero();
        var header = ((Built) build).header();
        assertThat(header.elfsz()).isEqualTo(expect.get("elfsz").intValue());
        int phnum =
                DecodedHeader.parse(header.bytes(), header.phdrCount()).ehdr().phnum();
        assertThat(phnum)
                .isEqualTo(header.phdrCount() % 65_536)
                .isEqualTo(expect.get("phnum").intValue());
        if (!expect.path("refused").booleanValue(false)) {
            assertThat(header.bytes()).isEqualTo(HeaderBytes.of(Vectors.bytes(Vectors.text(expect, "file"))));
            assertThat(header.bytes().sha256()).isEqualTo(Vectors.text(expect, "sha256"));
        }
    }

    private static void assertUpdate(JsonNode vector) {
        long memsz = vector.get("memsz").longValue();
        var image = new ArmedImage(
                LoadPath.KEXEC_FILE_LOAD,
                Set.of(),
                List.of(new KexecSegment(0, memsz, 0)),
                List.of(SegmentContent.of(HeaderBytes.of(new byte[0]), memsz)),
                0,
                false);
        var handling = HotplugHandling.handle(
                Vectors.profile(vector), image, KernelEvent.MEMORY, Vectors.inputs(vector), CpuSet.NONE);
        var expect = vector.get("expect");
        if (expect.path("refused").booleanValue(false)) {
            assertThat(handling).isInstanceOfSatisfying(DoesNotFit.class, refusal -> {
                assertThat(refusal.memszBytes()).isEqualTo(memsz);
                assertThat(refusal.header().elfsz())
                        .isEqualTo(expect.get("elfsz").intValue());
                assertThat(refusal.image().contents()).isEqualTo(image.contents());
            });
        } else {
            assertThat(handling)
                    .isInstanceOfSatisfying(
                            Rebuilt.class,
                            rebuilt -> assertThat(
                                            rebuilt.image().contents().get(0).first((int) memsz))
                                    .isEqualTo(HeaderBytes.of(Vectors.bytes(Vectors.text(expect, "file")))));
        }
    }
}
