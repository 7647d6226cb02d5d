package io.crashplug.api;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.testdata.Vectors;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every list of segments for a crash image in the vectors, handed over without bytes. */
class SegmentVectorApiTests extends ApiTest {

    private static final String MACHINE = """
            {"name": "%s",
             "kernel": {"physicalAddressBits": %d, "totalRamPages": %d},
             "cpus": {"possible": "0", "present": "0"},
             "memory": {"systemRam": [{"start": "0x100000", "sizeBytes": 4294967296}], "crashKernel": %s}}
            """;

    @TestFactory
    Stream<DynamicTest> aSegmentListIsRefusedWhereTheKernelRefusesIt() {
        var lists = Vectors.segmentLists().stream()
                .filter(vector -> Vectors.text(vector, "type").equals("crash"))
                .toList();
        assertThat(lists.stream().collect(groupingBy(SegmentVectorApiTests::ret, counting())))
                .isEqualTo(Map.of(0, 18L, -22, 22L, -99, 16L));
        return lists.stream().map(vector -> dynamicTest(Vectors.text(vector, "desc"), () -> assertAnswer(vector)));
    }

    private void assertAnswer(JsonNode vector) {
        var name = newName("segments");
        create(MACHINE.formatted(
                name,
                vector.get("max_physmem_bits").intValue(),
                vector.get("totalram_pages").longValue(),
                Requests.range(Vectors.range(vector.get("crashk")))));
        var segments = vector.get("segments")
                .valueStream()
                .map(segment -> Requests.segment(
                        Vectors.u64(segment.get("mem")),
                        Vectors.u64(segment.get("memsz")),
                        Vectors.u64(segment.get("bufsz"))))
                .toList();

        var answer = put(name, Requests.userspaceLoad(List.of("KEXEC_ON_CRASH"), segments));

        if (segments.isEmpty()) {
            // The kernel unloads the image; here DELETE does.
            assertThat(body(answer, 400).get("errors").get(0).get("pointer").stringValue())
                    .isEqualTo("/segments");
        } else if (ret(vector) == 0) {
            var image = body(answer, 201);
            assertThat(image.get("segments")).hasSameSizeAs(segments);
            assertThat(image.get("elfcorehdrIndex").isNull()).isTrue();
        } else {
            assertThat(answer.contentType()).startsWith("application/problem+json");
            var problem = body(answer, 422);
            assertThat(SequenceApiReplay.errno(problem)).isEqualTo(ret(vector));
            assertThat(problem.get("detail").stringValue())
                    .isEqualTo(problem.get("rule").stringValue())
                    .matches("segment \\d+ .*|the segments take .*|\\d+ segments are more than 16");
        }
    }

    private static int ret(JsonNode vector) {
        return vector.get("expect").get("ret").intValue();
    }
}
