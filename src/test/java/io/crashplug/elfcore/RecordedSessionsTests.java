package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.elfcore.HotplugHandling.Rebuilt;
import io.crashplug.elfcore.HotplugHandling.Unchanged;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The bytes a guest holds follow from the header at load and then, wherever the kernel said "updated elfcorehdr", from
 * the memory that it saw at that moment.
 */
class RecordedSessionsTests {

    private static final long MEMORY_BLOCK = 128L << 20;

    @TestFactory
    Stream<DynamicContainer> aSessionIsReproducedStepByStep() {
        return Recordings.SESSIONS.stream()
                .map(session -> DynamicContainer.dynamicContainer(session, new Session(session).tests()));
    }

    /** A guest of one session. */
    private static final class Session {

        private final KernelProfile profile;
        private final List<RecordedStep> steps;
        private @Nullable ArmedImage image;

        Session(String name) {
            profile = Recordings.profile(name);
            steps = Recordings.steps(name);
        }

        List<DynamicTest> tests() {
            var tests = new ArrayList<DynamicTest>();
            for (int i = 0; i < steps.size(); i++) {
                var step = steps.get(i);
                var previous = i == 0 ? step : steps.get(i - 1);
                if (step.hasHeader()) {
                    tests.add(dynamicTest(step.event(), () -> {
                        play(previous, step);
                        assertHolds(step);
                    }));
                }
            }
            return tests;
        }

        private void play(RecordedStep previous, RecordedStep step) {
            if (step.isFileLoad()) {
                image = RecordedHeadersTests.load(step).image();
            } else if (step.isUserspaceLoad()) {
                image = loadedByKexecTools(step);
            } else if (step.updates() > 0) {
                var ram = step.inputs(ramAsTheKernelSawIt(previous, step));
                var handling = HotplugHandling.handle(profile, image, kind(step), ram, CpuSet.NONE);
                assertThat(handling).isInstanceOfAny(Rebuilt.class, Unchanged.class);
                image = ((HotplugHandling.Reached) handling).image();
            } else if (kind(step) == KernelEvent.CPU || !isPermitted()) {
                var handling = HotplugHandling.handle(profile, image, kind(step), step.inputs(), CpuSet.NONE);
                assertThat(handling).isNotInstanceOf(Rebuilt.class);
            }
        }

        private boolean isPermitted() {
            return profile.hotplugSupport().permits(image.loadPath(), image.flags());
        }

        private void assertHolds(RecordedStep step) {
            int index = image.elfcorehdrIndex().orElseThrow();
            assertThat(image.segments().get(index).mem()).isEqualTo(step.segmentAddress());
            assertThat(image.contents().get(index).first(step.segmentSizeBytes()))
                    .isEqualTo(HeaderBytes.of(step.segment()));
            assertThat(image.contents().get(index).sha256())
                    .isEqualTo(step.meta().get("sha256_segment").stringValue());
        }

        /** kexec-tools writes a header of its own making, so its bytes are where this image begins. */
        private static ArmedImage loadedByKexecTools(RecordedStep step) {
            var flags = step.event().endsWith("-hotplug")
                    ? Set.of(KexecFlag.KEXEC_ON_CRASH, KexecFlag.KEXEC_UPDATE_ELFCOREHDR)
                    : Set.of(KexecFlag.KEXEC_ON_CRASH);
            var header = HeaderBytes.of(step.head());
            int memsz = step.segmentSizeBytes();
            return new ArmedImage(
                    LoadPath.KEXEC_LOAD,
                    flags,
                    List.of(new KexecSegment(step.segmentAddress(), memsz, header.length())),
                    List.of(SegmentContent.of(header, memsz)),
                    -1,
                    false);
        }

        private static KernelEvent kind(RecordedStep step) {
            return step.event().startsWith("cpu-") ? KernelEvent.CPU : KernelEvent.MEMORY;
        }

        /** The notifier of a removal runs before /proc/iomem drops the range. */
        private static List<PhysicalRange> ramAsTheKernelSawIt(RecordedStep previous, RecordedStep step) {
            if (step.event().startsWith("dimm-del")) {
                return previous.systemRam();
            }
            boolean virtioMemShrinks =
                    step.event().startsWith("requested-") && size(step.systemRam()) < size(previous.systemRam());
            return virtioMemShrinks ? withTheLastBlock(previous, step) : step.systemRam();
        }

        /** virtio-mem gives block after block back from the top: at the last event one of them was still there. */
        private static List<PhysicalRange> withTheLastBlock(RecordedStep previous, RecordedStep step) {
            var ram = new ArrayList<>(step.systemRam());
            var whole = previous.systemRam().get(previous.systemRam().size() - 1);
            var left = ram.get(ram.size() - 1);
            boolean someLeft = left.start() == whole.start();
            if (someLeft) {
                ram.remove(left);
            }
            ram.add(PhysicalRange.ofSize(whole.start(), (someLeft ? left.sizeBytes() : 0) + MEMORY_BLOCK));
            return ram;
        }

        private static long size(List<PhysicalRange> ram) {
            return ram.stream().mapToLong(PhysicalRange::sizeBytes).sum();
        }
    }
}
