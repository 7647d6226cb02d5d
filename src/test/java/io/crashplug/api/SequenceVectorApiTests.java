package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.testdata.Vectors;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every sequence of the vectors, step by step on a stored machine. All of them can be told as change sets. */
class SequenceVectorApiTests extends ApiTest {

    private static final Map<KernelProfile, List<JsonNode>> SEQUENCES =
            Vectors.sequences().stream().collect(Collectors.groupingBy(Vectors::profile));

    @Test
    void everySequenceOfThreeKernelsIsPlayed() {
        assertThat(SEQUENCES).hasSize(3);
        assertThat(SEQUENCES).allSatisfy((profile, sequences) -> {
            assertThat(sequences).hasSize(15);
            assertThat(sequences.stream()
                            .mapToInt(sequence -> sequence.get("steps").size())
                            .sum())
                    .isEqualTo(76);
        });
    }

    @TestFactory
    Stream<DynamicContainer> aStoredImageLivesThroughLoadsAndEventsAsInTheKernel() {
        return SEQUENCES.entrySet().stream()
                .map(ofKernel -> DynamicContainer.dynamicContainer(
                        ofKernel.getKey().name(), ofKernel.getValue().stream().map(this::sequence)));
    }

    private DynamicTest sequence(JsonNode vector) {
        return dynamicTest(Vectors.title(vector), () -> {
            var replay = new SequenceApiReplay(this, vector);
            vector.get("steps").forEach(replay::play);
        });
    }
}
