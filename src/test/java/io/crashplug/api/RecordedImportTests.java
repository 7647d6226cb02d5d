package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every recorded guest, imported as it stood after each step. */
class RecordedImportTests extends ApiTest {

    /** Steps whose recorded header is not the one that the kernel would build of /proc/iomem at that moment. */
    static final Set<String> NOT_OF_IOMEM = Set.of(
            // Removed memory is listed until the next memory event.
            "k612-nokaslr/09-dimm-del-d1-128M",
            "k612-nokaslr/10-cpu-add-after-dimm-del",
            "k612-nokaslr/12-dimm-del-d0-256M",
            "k612-nokaslr/17-dimm-del-d2-1G",
            "k612-kaslr/10-dimm-del-d0",
            "k612-kaslr/11-dimm-add-d2-1G-offline",
            "k612-kaslr/14-dimm-del-d1",
            "k612-kaslr/15-cpu-add",
            "k612-kaslr/16-dimm-del-d3",
            "k612-virtio-mem/04-requested-256M",
            "k612-virtio-mem/05-requested-0M",
            "k612-kexec-load/07-dimm-del-d0",
            // Memory that is plugged but not online is not listed yet.
            "k612-kaslr/01-dimm-add-d0-512M-offline",
            "k612-kaslr/05-dimm-add-d1-256M-gap-offline",
            // kexec-tools built the header.
            "k612-kexec-load/00-kexec-c",
            "k612-kexec-load/01-cpu-add",
            "k612-kexec-load/02-dimm-add-d0-256M",
            "k612-kexec-load/03-kexec-c-hotplug",
            "k61/05-kexec-c",
            "k61/06-dimm-del-d0",
            // Linux 6.1 never rewrites a header.
            "k61/02-cpu-add",
            "k61/03-dimm-add-d0-256M");

    /** Steps whose header lists the notes of the CPUs that were present when it was built, and of no others. */
    private static final Set<String> LISTS_PRESENT_CPUS = Set.of(
            "k612-kexec-load/00-kexec-c",
            "k612-kexec-load/01-cpu-add",
            "k612-kexec-load/02-dimm-add-d0-256M",
            "k612-kexec-load/03-kexec-c-hotplug");

    static List<RecordedStep> steps() {
        return Recordings.SESSIONS.stream()
                .flatMap(session -> Recordings.steps(session).stream())
                .toList();
    }

    static Stream<RecordedStep> stepsWithHeaderOfPossibleCpus() {
        return Recordings.stepsWithHeader().stream().filter(step -> !listsPresentCpus(step));
    }

    static Stream<RecordedStep> stepsWithHeaderOfPresentCpus() {
        return Recordings.stepsWithHeader().stream().filter(RecordedImportTests::listsPresentCpus);
    }

    static boolean listsPresentCpus(RecordedStep step) {
        return isLinux61(step) || LISTS_PRESENT_CPUS.contains(step.name());
    }

    /** Only kexec-tools lists the first MiB, through a copy of it elsewhere. */
    static boolean isOfKexecTools(RecordedStep step) {
        return DecodedHeader.parse(HeaderBytes.of(step.head())).phdrs().stream()
                .anyMatch(phdr -> phdr.offset() != phdr.paddr());
    }

    private static boolean isLinux61(RecordedStep step) {
        return step.name().startsWith("k61/");
    }

    @Test
    void everyRecordedStepIsImported() {
        assertThat(steps()).hasSize(59);
        assertThat(Recordings.stepsWithHeader().stream().filter(step -> !NOT_OF_IOMEM.contains(step.name())))
                .hasSize(35);
        assertThat(stepsWithHeaderOfPossibleCpus()).hasSize(47);
        assertThat(stepsWithHeaderOfPresentCpus()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aGuestThatTellsEverythingGetsTheHeaderThatItsKernelBuilds(RecordedStep step) {
        var name = newName("told");

        var imported = importGuest(RecordedBundle.everything(step, name));
        var image = load(name, Requests.FILE_LOAD);

        assertThat(imported.get("exactness").stringValue()).isEqualTo("EXACT");
        assertProfile(imported, step);
        assertSegment(image, step);
        assertThat(header(name)).isEqualTo(built(step, step.inputs()));
        if (step.hasHeader() && !NOT_OF_IOMEM.contains(step.name())) {
            assertThat(segment(name)).startsWith(step.head());
        }
    }

    @ParameterizedTest
    @MethodSource("stepsWithHeaderOfPossibleCpus")
    void aGuestsPresentHeaderStandsInForAllThatItDoesNotTell(RecordedStep step) {
        var name = newName("header");

        var imported = importGuest(RecordedBundle.withItsHeader(step, name));
        var image = load(name, Requests.FILE_LOAD);

        assertThat(imported.get("exactness").stringValue()).isEqualTo("EXACT");
        assertThat(imported.get("missing")).isEmpty();
        assertProfile(imported, step);
        assertSegment(image, step);
        assertThat(header(name)).isEqualTo(built(step, step.inputs()));
    }

    @ParameterizedTest
    @MethodSource("stepsWithHeaderOfPresentCpus")
    void aHeaderOfPresentCpusStandsInForAllButTheNotesOfOthers(RecordedStep step) {
        var name = newName("present");
        // The header may be older than the newest CPU; then nobody knows whose notes it lists.
        boolean ofPresentCpus =
                step.meta().get("pt_note").intValue() - 1 == step.present().count();
        var notes = new CrashNotes(ofPresentCpus ? notesOfPresentCpus(step) : Map.of());

        var imported = importGuest(RecordedBundle.withItsHeader(step, name));
        load(name, Requests.FILE_LOAD);

        assertThat(imported.get("exactness").stringValue()).isEqualTo("RANGES_ONLY");
        var missing = new ArrayList<>(List.of("crashNotes"));
        if (isOfKexecTools(step)) {
            missing.add("kernelText");
        }
        if (isLinux61(step)) {
            missing.add("nrCpusDefault");
        }
        assertThat(imported.get("missing").valueStream().map(JsonNode::stringValue))
                .containsExactlyElementsOf(missing);
        assertThat(imported.get("warnings")
                        .valueStream()
                        .anyMatch(warning -> warning.get("code").stringValue().equals("notes-unattributed")))
                .isEqualTo(!ofPresentCpus);
        assertProfile(imported, step);
        assertThat(header(name)).isEqualTo(built(step, with(step.inputs(), notes)));
    }

    private static Map<CpuId, Long> notesOfPresentCpus(RecordedStep step) {
        return step.present().stream()
                .collect(Collectors.toMap(cpu -> cpu, cpu -> step.notes().addressOf(cpu)));
    }

    private static HeaderInputs with(HeaderInputs inputs, CrashNotes notes) {
        return new HeaderInputs(
                inputs.possible(),
                inputs.present(),
                notes,
                inputs.noteSizeBytes(),
                inputs.vmcoreinfo(),
                inputs.text(),
                inputs.pageOffset(),
                inputs.systemRam(),
                inputs.crashKernel());
    }

    private static byte[] built(RecordedStep step, HeaderInputs inputs) {
        var build = ElfCoreHeader.build(Recordings.profile(step.name()), inputs);
        return ((HeaderBuild.Built) build).header().bytes().toByteArray();
    }

    private static void assertProfile(JsonNode imported, RecordedStep step) {
        assertThat(imported.get("machine").get("kernel").get("profile").stringValue())
                .isEqualTo(Recordings.profile(step.name()).name());
    }

    /** Where a file load of the session puts the header, also where the step itself was another load. */
    private static void assertSegment(JsonNode image, RecordedStep step) {
        var segment = image.get("segments").get(0);
        assertThat(segment.get("mem").stringValue()).isEqualTo("0x6f000000");
        assertThat(segment.get("memszBytes").intValue()).isEqualTo(isLinux61(step) ? 4096 : 921_600);
        if (step.isFileLoad()) {
            assertThat(segment.get("memszBytes").intValue()).isEqualTo(step.segmentSizeBytes());
            assertThat(segment.get("sha256").stringValue())
                    .isEqualTo(step.meta().get("sha256_segment").stringValue());
        }
    }
}
