package io.crashplug.elfcore;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.testdata.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class SequenceVectorsTests {

    @TestFactory
    Stream<DynamicContainer> anImageLivesThroughLoadsAndEventsAsInTheKernel() {
        return Vectors.sequences().stream()
                .map(vector -> DynamicContainer.dynamicContainer(Vectors.title(vector), steps(vector)));
    }

    private static List<DynamicTest> steps(JsonNode vector) {
        var replay = new SequenceReplay(vector);
        var tests = new ArrayList<DynamicTest>();
        for (var step : vector.get("steps")) {
            var name = "%02d %s %s".formatted(tests.size(), Vectors.text(step, "op"), step.get("args"));
            tests.add(dynamicTest(name, () -> replay.play(step)));
        }
        return tests;
    }
}
