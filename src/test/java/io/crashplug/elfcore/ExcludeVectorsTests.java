package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.testdata.Vectors;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class ExcludeVectorsTests {

    private static final int ENOMEM = -12;

    @TestFactory
    Stream<DynamicTest> anExclusionLeavesWhatTheKernelsFunctionLeaves() {
        List<JsonNode> vectors = Vectors.exclusions();
        return IntStream.range(0, vectors.size())
                .mapToObj(i -> dynamicTest(title(i, vectors.get(i)), () -> assertExclusion(vectors.get(i))));
    }

    private static String title(int i, JsonNode vector) {
        var excluded = Vectors.range(vector.get("exclude"));
        return "%d %s %s: %s without %s, %d slots"
                .formatted(
                        i,
                        Vectors.text(vector, "code"),
                        Vectors.text(vector, "src"),
                        Vectors.ranges(vector.get("ranges")),
                        excluded,
                        vector.get("max_nr_ranges").intValue());
    }

    private static void assertExclusion(JsonNode vector) {
        var rule =
                Vectors.text(vector, "code").equals("old") ? ExcludeRule.STOPS_AT_FIRST_CUT : ExcludeRule.THROUGH_ALL;
        var expect = vector.get("expect");

        var left = CrashMemory.of(Vectors.ranges(vector.get("ranges")))
                .exclude(
                        Vectors.range(vector.get("exclude")),
                        rule,
                        vector.get("max_nr_ranges").intValue());

        assertThat(left.memory().ranges()).isEqualTo(Vectors.ranges(expect.get("ranges_after")));
        assertThat(left.outOfRoom() ? ENOMEM : 0).isEqualTo(expect.get("ret").intValue());
    }
}
