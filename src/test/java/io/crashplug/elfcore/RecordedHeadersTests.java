package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedHeadersTests {

    static final KernelConfig DEBIAN_6_12 = new KernelConfig(8192, 8192, true, 0);

    static List<RecordedStep> stepsWithHeader() {
        return Recordings.stepsWithHeader();
    }

    static Stream<RecordedStep> fileLoads() {
        return stepsWithHeader().stream().filter(RecordedStep::isFileLoad);
    }

    static Stream<RecordedStep> stepsOfLinux612() {
        return stepsWithHeader().stream().filter(step -> step.name().startsWith("k612-"));
    }

    @ParameterizedTest
    @MethodSource("fileLoads")
    void kexecFileLoadBuildsTheRecordedBytesAtTheRecordedAddress(RecordedStep step) {
        var loaded = load(step);

        var image = loaded.image();
        assertThat(image.contents().get(0).first(step.segmentSizeBytes())).isEqualTo(HeaderBytes.of(step.segment()));
        assertThat(image.contents().get(0).sha256())
                .isEqualTo(step.meta().get("sha256_segment").stringValue());
        assertThat(image.segments())
                .containsExactly(new KexecSegment(
                        step.segmentAddress(),
                        step.segmentSizeBytes(),
                        loaded.header().elfsz()));
        assertThat(loaded.header().phdrCount())
                .isEqualTo(step.meta().get("e_phnum").intValue());
    }

    static FileLoad.Loaded load(RecordedStep step) {
        long ramPages =
                step.systemRam().stream().mapToLong(PhysicalRange::sizeBytes).sum() / Pages.SIZE_BYTES;
        var profile = Recordings.profile(step.name());
        var load = FileLoad.load(profile, DEBIAN_6_12, step.inputs(), step.crashKernel(), 46, ramPages);
        assertThat(load).isInstanceOf(FileLoad.Loaded.class);
        return (FileLoad.Loaded) load;
    }

    @ParameterizedTest
    @MethodSource("stepsWithHeader")
    void decodedFieldsAreThoseThatTheRecordingLists(RecordedStep step) {
        var decoded = DecodedHeader.parse(HeaderBytes.of(step.head()));

        assertThat(IntStream.range(0, decoded.phdrs().size())
                        .mapToObj(i -> line(i, decoded.phdrs().get(i)))
                        .toList())
                .isEqualTo(step.text("elfcorehdr.txt").lines().skip(1).toList());
    }

    private static String line(int i, Elf64Phdr phdr) {
        return "[%3d] PT_%s  flags=%x offset=0x%x vaddr=0x%016x paddr=0x%x filesz=0x%x memsz=0x%x align=%x"
                .formatted(
                        i,
                        phdr.isNote() ? "NOTE" : "LOAD",
                        phdr.flags(),
                        phdr.offset(),
                        phdr.vaddr(),
                        phdr.paddr(),
                        phdr.filesz(),
                        phdr.memsz(),
                        phdr.align());
    }

    @ParameterizedTest
    @MethodSource("stepsWithHeader")
    void notesOfPresentCpusLieWhereSysfsSays(RecordedStep step) {
        step.text("crash_notes.txt").lines().map(line -> line.split(" ")).forEach(fields -> {
            var cpu = new CpuId(Integer.parseInt(fields[0].substring("cpu".length())));
            assertThat(step.notes().addressOf(cpu)).isEqualTo(Long.parseLong(fields[1], 16));
            assertThat(Long.parseLong(fields[2])).isEqualTo(CrashNotes.X86_64_SIZE_BYTES);
        });
    }

    @ParameterizedTest
    @MethodSource("stepsOfLinux612")
    void sysfsReadsTheSizeThatTheConfigurationGives(RecordedStep step) {
        assertThat(step.text("crash_elfcorehdr_size.txt").strip())
                .isEqualTo(Long.toString(DEBIAN_6_12.crashElfcorehdrSizeBytes()));
    }
}
