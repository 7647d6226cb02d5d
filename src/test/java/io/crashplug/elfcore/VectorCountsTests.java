package io.crashplug.elfcore;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.Recordings;
import io.crashplug.testdata.Vectors;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tests that read vectors and recordings make one test of each; these numbers keep them from running on less. */
class VectorCountsTests {

    @Test
    void noCaseIsMissing() {
        assertThat(countBy(Vectors.cases(), "variant")).isEqualTo(Map.of("rfcv2", 55L, "v6.6", 47L, "v7.0", 51L));
    }

    @Test
    void noGoldenHeaderIsMissing() {
        assertThat(Vectors.cases().stream()
                        .filter(vector -> vector.get("expect").has("file")))
                .hasSize(143);
    }

    @Test
    void noSequenceAndNoStepIsMissing() {
        assertThat(countBy(Vectors.sequences(), "variant")).isEqualTo(Map.of("rfcv2", 15L, "v6.6", 15L, "v7.0", 15L));
        assertThat(Vectors.sequences().stream()
                        .mapToInt(vector -> vector.get("steps").size())
                        .sum())
                .isEqualTo(228);
    }

    @Test
    void noExclusionIsMissing() {
        assertThat(countBy(Vectors.exclusions(), "code")).isEqualTo(Map.of("old", 165L, "new", 169L));
    }

    @Test
    void noSegmentListIsMissing() {
        assertThat(countBy(Vectors.segmentLists(), "type")).isEqualTo(Map.of("crash", 56L, "default", 11L));
    }

    @Test
    void noSizeIsMissing() {
        assertThat(Vectors.sizes()).hasSize(90);
    }

    @Test
    void noRecordedStepIsMissing() {
        assertThat(Recordings.stepsWithHeader().stream()
                        .collect(groupingBy(step -> step.name().split("/")[0], counting())))
                .isEqualTo(Map.of(
                        "k612-nokaslr", 19L,
                        "k612-kaslr", 17L,
                        "k612-virtio-mem", 6L,
                        "k612-kexec-load", 9L,
                        "k61", 6L));
    }

    private static Map<String, Long> countBy(List<JsonNode> vectors, String field) {
        return vectors.stream().collect(Collectors.groupingBy(vector -> Vectors.text(vector, field), counting()));
    }
}
