package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import io.crashplug.testdata.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Each recorded session as its orchestrator would have reported it, from the import of its first step. */
class RecordedReplayTests extends ApiTest {

    @TestFactory
    Stream<DynamicContainer> theSegmentHoldsTheRecordedBytesAfterEveryStep() {
        var sessions = Recordings.SESSIONS.stream().map(Session::new).toList();
        assertThat(sessions.stream().mapToInt(session -> session.steps.size()).sum())
                .isEqualTo(59);
        return sessions.stream().map(session -> DynamicContainer.dynamicContainer(session.name, session.tests()));
    }

    private final class Session {

        private final String name;
        private final List<RecordedStep> steps;
        private final String machine;
        private boolean lags;
        private boolean plainKexecLoad;

        Session(String name) {
            this.name = name;
            steps = Recordings.steps(name);
            machine = newName(name);
        }

        List<DynamicTest> tests() {
            var tests = new ArrayList<DynamicTest>();
            for (int i = 0; i < steps.size(); i++) {
                var step = steps.get(i);
                var before = i == 0 ? null : steps.get(i - 1);
                tests.add(dynamicTest(step.event(), () -> {
                    if (before == null) {
                        importGuest(RecordedBundle.everything(step, machine));
                    }
                    if (step.isFileLoad() || step.isUserspaceLoad()) {
                        load(step);
                    } else if (before != null) {
                        plug(before, step);
                    }
                    assertMemory(step);
                    if (step.hasHeader()) {
                        assertSegment(step);
                    }
                }));
            }
            return tests;
        }

        private void load(RecordedStep step) {
            if (step.isFileLoad()) {
                RecordedReplayTests.this.load(machine, Requests.FILE_LOAD);
            } else {
                RecordedReplayTests.this.load(machine, RecordedChange.userspaceLoad(step));
            }
            lags = false;
            plainKexecLoad = step.event().equals("kexec-c");
            // kexec-tools lists the layout too, but not as Linux does.
            assertThat(condition(machine, "HeaderCurrent"))
                    .isEqualTo(step.isFileLoad() ? "True EqualsRebuild" : "Unknown UserspaceHeader");
        }

        private void plug(RecordedStep before, RecordedStep step) {
            var event = hotplug(machine, RecordedChange.of(before, step));

            var outcome = event.get("outcome").stringValue();
            assertThat(outcome).isEqualTo(expectedOutcome(step));
            boolean rebuilds = !outcome.equals("NOT_PERMITTED") && !isAboutCpus(step);
            if (rebuilds && (step.updates() > 0 || RecordedChange.leavesRemovedMemoryListed(before, step))) {
                lags = RecordedChange.leavesRemovedMemoryListed(before, step);
            }
            if (outcome.equals("NOT_PERMITTED")) {
                assertThat(condition(machine, "HeaderCurrent"))
                        .isEqualTo(
                                plainKexecLoad && !name.equals("k61")
                                        ? "False UpdateNotPermitted"
                                        : "False NoCrashHotplug");
            } else {
                assertThat(condition(machine, "HeaderCurrent"))
                        .isEqualTo(lags ? "False KernelRemovalLag" : "True EqualsRebuild");
            }
        }

        /** What the recording says; where nothing changed it cannot tell why, but the loads can. */
        private String expectedOutcome(RecordedStep step) {
            if (name.equals("k61") || plainKexecLoad) {
                return "NOT_PERMITTED";
            }
            return step.meta().get("changed_since_previous").booleanValue() ? "REBUILT" : "UNCHANGED";
        }

        private void assertMemory(RecordedStep step) {
            assertThat(machine(machine)
                            .get("memory")
                            .get("systemRam")
                            .valueStream()
                            .map(Session::range))
                    .isEqualTo(step.systemRam());
        }

        private void assertSegment(RecordedStep step) {
            var bytes = HeaderBytes.of(segment(machine));
            assertThat(bytes).isEqualTo(HeaderBytes.of(step.segment()));
            assertThat(bytes.sha256())
                    .isEqualTo(step.meta().get("sha256_segment").stringValue());
            var image = crashImage(machine).get("segments").get(0);
            assertThat(image.get("sha256").stringValue()).isEqualTo(bytes.sha256());
            assertThat(Vectors.u64(image.get("mem"))).isEqualTo(step.segmentAddress());
            assertThat(elfcorehdr(machine).get("phdrCount").intValue())
                    .isEqualTo(step.meta().get("e_phnum").intValue());
        }

        private static boolean isAboutCpus(RecordedStep step) {
            return step.event().startsWith("cpu-");
        }

        private static PhysicalRange range(JsonNode range) {
            return new PhysicalRange(Vectors.u64(range.get("start")), Vectors.u64(range.get("end")));
        }
    }
}
