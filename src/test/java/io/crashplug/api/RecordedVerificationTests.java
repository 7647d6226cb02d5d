package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What each recorded guest held after each step, verified against the machine that lived through its session. */
class RecordedVerificationTests extends ApiTest {

    @TestFactory
    Stream<DynamicContainer> theReasonIsTheRightOne() {
        return Recordings.SESSIONS.stream()
                .flatMap(name -> Stream.of(true, false).map(tells -> new Session(name, tells)))
                .map(session -> dynamicContainer(session.toString(), session.tests()));
    }

    /** A session whose orchestrator tells, or does not, what the kernel still lists after a removal. */
    private final class Session {

        private final String name;
        private final boolean tellsWhatIsStillListed;
        private final String machine;

        Session(String name, boolean tellsWhatIsStillListed) {
            this.name = name;
            this.tellsWhatIsStillListed = tellsWhatIsStillListed;
            this.machine = newName(name);
        }

        List<DynamicTest> tests() {
            var steps = Recordings.steps(name);
            var tests = new ArrayList<DynamicTest>();
            for (int i = 0; i < steps.size(); i++) {
                var step = steps.get(i);
                var before = i == 0 ? null : steps.get(i - 1);
                boolean last = i == steps.size() - 1;
                tests.add(dynamicTest(step.event(), () -> {
                    live(before, step);
                    if (step.hasHeader()) {
                        assertReasons(step, verify(step.segment()));
                    }
                    if (last) {
                        assertVmcore(step);
                    }
                }));
            }
            return tests;
        }

        private void live(RecordedStep before, RecordedStep step) {
            if (before == null) {
                importGuest(RecordedBundle.everything(step, machine));
            }
            if (step.isFileLoad() || step.isUserspaceLoad()) {
                load(machine, step.isFileLoad() ? Requests.FILE_LOAD : RecordedChange.userspaceLoad(step));
            } else if (before != null) {
                var set = RecordedChange.of(before, step);
                if (!tellsWhatIsStillListed) {
                    set.get("changes").forEach(change -> ((ObjectNode) change).remove("stillListed"));
                }
                hotplug(machine, set);
            }
        }

        private void assertReasons(RecordedStep step, JsonNode verification) {
            var codes = codes(verification);
            assertThat(codes).as(verification::toPrettyString).doesNotContain("UNEXPLAINED");
            if (!name.equals("k61") && !lowMemoryIsListed(step)) {
                var listed = withoutBootMemory(step, listed(step));
                var present = withoutBootMemory(step, step.systemRam());
                assertThat(codes.contains("KERNEL_REMOVAL_LAG"))
                        .as(verification::toPrettyString)
                        .isEqualTo(!present.containsAll(listed));
                assertThat(codes.contains("NOT_ONLINE_YET"))
                        .as(verification::toPrettyString)
                        .isEqualTo(present.stream()
                                .anyMatch(range -> listed.stream().noneMatch(other -> other.contains(range))));
            }
            boolean same = verification.at("/matches/current").asBoolean();
            assertThat(codes.contains("MATCHES_CURRENT")).isEqualTo(same);
            if (tellsWhatIsStillListed) {
                assertThat(same).as(verification::toPrettyString).isTrue();
            }
            assertThat(condition(machine, "Verified"))
                    .isEqualTo(same ? "True MatchesCurrent" : "False VerificationFailed");
            assertThat(codes.contains("KEXEC_TOOLS_FORMAT")).isEqualTo(lowMemoryIsListed(step));
        }

        private void assertVmcore(RecordedStep step) throws IOException {
            var vmcore = step.vmcoreHead();
            if (Files.exists(vmcore)) {
                var verification = verify(Files.readAllBytes(vmcore));
                assertThat(verification.get("kind").stringValue()).isEqualTo("VMCORE");
                assertThat(codes(verification)).as(verification::toPrettyString).doesNotContain("UNEXPLAINED");
                if (tellsWhatIsStillListed) {
                    assertThat(verification.at("/matches/revision"))
                            .isEqualTo(elfcorehdr(machine).get("revision"));
                }
            }
        }

        private JsonNode verify(byte[] dump) {
            var answer =
                    api().contentType(ContentType.BINARY).body(dump).post("/machines/{machine}/verifications", machine);
            return body(answer, 201);
        }

        @Override
        public String toString() {
            return name + (tellsWhatIsStillListed ? ", told what is still listed" : ", told of plain removals");
        }
    }

    private static Set<String> codes(JsonNode verification) {
        return verification
                .get("reasons")
                .valueStream()
                .map(reason -> reason.get("code").stringValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<PhysicalRange> listed(RecordedStep step) {
        return ram(step)
                .map(phdr -> PhysicalRange.ofSize(phdr.paddr(), phdr.memsz()))
                .toList();
    }

    /** Linux itself never lists the first MiB; kexec-tools does. */
    private static boolean lowMemoryIsListed(RecordedStep step) {
        return ram(step).anyMatch(phdr -> phdr.paddr() < 0x100000);
    }

    private static Stream<Elf64Phdr> ram(RecordedStep step) {
        return DecodedHeader.parse(HeaderBytes.of(step.segment())).phdrs().stream()
                .filter(phdr -> phdr.isLoad() && phdr.vaddr() < 0xffffffff80000000L && phdr.memsz() > 0);
    }

    /** Ranges above the memory that the crash kernel's is a part of: what was plugged in. */
    private static List<PhysicalRange> withoutBootMemory(RecordedStep step, List<PhysicalRange> ranges) {
        return ranges.stream()
                .filter(range -> range.start() > step.crashKernel().end() + (1L << 28))
                .toList();
    }
}
