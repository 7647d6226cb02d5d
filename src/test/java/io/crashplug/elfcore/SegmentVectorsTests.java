package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.testdata.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class SegmentVectorsTests {

    @TestFactory
    Stream<DynamicTest> aSegmentListIsRefusedWhereTheKernelRefusesIt() {
        return Vectors.segmentLists().stream()
                .map(vector -> dynamicTest(Vectors.text(vector, "desc"), () -> assertCheck(vector)));
    }

    private static void assertCheck(JsonNode vector) {
        var segments = vector.get("segments")
                .valueStream()
                .map(segment -> new KexecSegment(
                        Vectors.u64(segment.get("mem")),
                        Vectors.u64(segment.get("memsz")),
                        Vectors.u64(segment.get("bufsz"))))
                .toList();
        boolean forCrash = Vectors.text(vector, "type").equals("crash");

        var refusal = new SegmentList(segments)
                .check(
                        vector.get("max_physmem_bits").intValue(),
                        vector.get("totalram_pages").longValue(),
                        forCrash ? Vectors.range(vector.get("crashk")) : null);

        assertThat(refusal == null ? 0 : -refusal.errno().number())
                .isEqualTo(vector.get("expect").get("ret").intValue());
    }
}
