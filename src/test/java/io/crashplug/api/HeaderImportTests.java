package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Machines and layouts of nothing but an elfcorehdr that was read from a guest's memory. */
class HeaderImportTests extends ApiTest {

    private static final String OCTETS = "application/octet-stream";
    private static final int PADDR_OFFSET = 24;
    private static final int MEMSZ_OFFSET = 40;

    private static RecordedStep step(String name) {
        return stepsWithHeader()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Response create(byte[] header, String query) {
        return api().contentType(OCTETS).body(header).post("/machine-imports?" + query);
    }

    private Response layout(String machine, byte[] header, String query) {
        return layout(machine, OCTETS, header, query);
    }

    private Response layout(String machine, String type, byte[] content, String query) {
        return api().contentType(type).body(content).post("/machines/" + machine + "/layout-imports" + query);
    }

    private static String iomemForm(PhysicalRange range) {
        return "%x-%x".formatted(range.start(), range.end());
    }

    static Stream<RecordedStep> stepsWithHeader() {
        return Recordings.stepsWithHeader().stream();
    }

    static Stream<RecordedStep> stepsOfKernels() {
        return stepsWithHeader()
                .filter(step ->
                        !RecordedImportTests.isOfKexecTools(step) && !RecordedImportTests.listsPresentCpus(step));
    }

    static Stream<String> sessions() {
        return Recordings.SESSIONS.stream();
    }

    /** Byte for byte: what the header leaves out is left out of its successor, too. */
    @ParameterizedTest
    @MethodSource("stepsOfKernels")
    void aMachineOfAHeaderAndItsReservationHasThatHeader(RecordedStep step) {
        var name = newName("dumped");
        var answer = body(
                create(
                        step.head(),
                        "name=%s&crashKernel=%s&profile=%s"
                                .formatted(name, iomemForm(step.crashKernel()), Recordings.profile(step.name()))),
                201);
        assertThat(answer.get("exactness").stringValue()).isEqualTo("RANGES_ONLY");
        assertThat(warnings(answer)).contains("partial-text");
        load(name, Requests.FILE_LOAD);
        assertThat(segment(name)).startsWith(step.head());
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void eachHeaderOfASessionTellsOfTheMemoryThatItLists(String session) {
        var steps = Recordings.steps(session);
        var name = newName("dumps");
        importGuest(RecordedBundle.everything(steps.get(0), name));
        for (var step : steps.stream().filter(RecordedStep::hasHeader).toList()) {
            var answer = layout(name, step.head(), "");
            var imported = body(answer, answer.statusCode() == 200 ? 200 : 201);
            if (!RecordedImportTests.NOT_OF_IOMEM.contains(step.name())) {
                assertThat(systemRam(name)).as(step::name).isEqualTo(step.systemRam());
            }
            assertThat(warnings(imported)).contains("header-may-be-old").doesNotContain("kernel-differs");
            assertThat(body(layout(name, step.head(), ""), 200).get("changed").booleanValue())
                    .as(step::name)
                    .isFalse();
        }
    }

    @Test
    void anotherKernelIsWarnedOf() {
        var step = stepsOfKernels().findFirst().orElseThrow();
        assertThat(warningOfKernel(step, with(step, Elf64Phdr::isNote, PADDR_OFFSET, 4096)))
                .contains("what the elfcorehdr tells of crashNotes, vmcoreinfo is not what is known");
        assertThat(warningOfKernel(step, with(step, HeaderImportTests::isText, MEMSZ_OFFSET, 4096)))
                .contains("what the elfcorehdr tells of kernelText is not what is known");
    }

    @Test
    void kernelTextThatIsRoundedIsNotCompared() {
        var step = step("k612-kexec-load/00-kexec-c");
        assertThat(warningOfKernel(step, with(step, HeaderImportTests::isText, MEMSZ_OFFSET, 4096)))
                .isEmpty();
    }

    private static boolean isText(Elf64Phdr phdr) {
        return phdr.isLoad() && KernelText.isMappedAt(phdr.vaddr());
    }

    /** What is said of a header over the guest of a step, of which all is known; empty if nothing. */
    private String warningOfKernel(RecordedStep step, byte[] header) {
        var name = newName("rebooted");
        assertThat(importGuest(RecordedBundle.everything(step, name))
                        .get("exactness")
                        .stringValue())
                .isEqualTo("EXACT");
        return body(layout(name, header, "?dryRun=true"), 200)
                .get("warnings")
                .valueStream()
                .filter(warning -> warning.get("code").stringValue().equals("kernel-differs"))
                .map(warning -> warning.get("detail").stringValue())
                .collect(Collectors.joining());
    }

    /** It looks like a header, but its memory is rounded to pages. */
    @Test
    void theHeadOfAVmcoreIsRefused() throws IOException {
        var step = Recordings.steps("k612-kaslr").get(0);
        var vmcore = Files.readAllBytes(step.vmcoreHead());
        var name = newName("vmcore");
        var refusal = body(create(vmcore, "name=" + name), 400);
        assertThat(refusal.at("/errors/0/detail").stringValue()).contains("this is the head of a vmcore");
        importGuest(RecordedBundle.everything(step, name));
        assertThat(body(layout(name, vmcore, ""), 400).get("errors")).isEqualTo(refusal.get("errors"));
        var bundle = RecordedBundle.everything(step, newName("vmcore")).put("elfcorehdr", vmcore);
        assertThat(body(post("/machine-imports", bundle), 400)
                        .at("/errors/0/pointer")
                        .stringValue())
                .isEqualTo("/elfcorehdr");
    }

    @Test
    void notesOfPresentCpusTellWhichArePresent() {
        var step = step("k612-kexec-load/00-kexec-c");
        var name = newName("present");
        importGuest(RecordedBundle.everything(step, name));
        var present = machine(name).at("/cpus/present");
        hotplug(
                name,
                Requests.changeSet(
                        Requests.cpu("ADD_CPU", new CpuId(step.present().count()))));
        var answer = body(layout(name, step.head(), ""), 201);
        assertThat(answer.at("/hotplugEvent/changes/0/action").stringValue()).isEqualTo("REMOVE_CPU");
        assertThat(machine(name).at("/cpus/present")).isEqualTo(present);
    }

    /** Of a header of kexec-tools the first MiB is told, too. */
    @Test
    void aMachineOfAHeaderOfKexecTools() {
        var step = step("k612-kexec-load/00-kexec-c");
        var name = newName("tools");
        var answer =
                body(create(step.head(), "name=%s&crashKernel=%s".formatted(name, iomemForm(step.crashKernel()))), 201);
        assertThat(warnings(answer)).contains("kexec-tools-header").doesNotContain("partial-text");
        assertThat(systemRam(name)).hasSameSizeAs(step.systemRam());
        assertThat(systemRam(name).get(1)).isEqualTo(step.systemRam().get(1));
    }

    @Test
    void whatIsReservedIsNotGuessed() {
        var step = stepsOfKernels().findFirst().orElseThrow();
        var name = newName("unreserved");
        var answer = body(create(step.head(), "name=" + name), 201);
        assertThat(answer.get("missing").valueStream().map(JsonNode::stringValue))
                .contains("crashKernel", "cpus");
        assertThat(warnings(answer)).contains("crash-kernel-unknown");
        assertThat(answer.at("/machine/memory/crashKernel").isNull()).isTrue();
        assertThat(systemRam(name)).noneMatch(range -> range.overlaps(step.crashKernel()));
        assertThat(answer.get("origins")).hasToString("""
                [{"part":"possibleCpus","from":"derived"},{"part":"presentCpus","from":"default"},\
                {"part":"onlineCpus","from":"default"},{"part":"bootMemory","from":"source"},\
                {"part":"deviceMemory","from":"source"},{"part":"crashKernel","from":"default"},\
                {"part":"crashNotes","from":"elfcorehdr"},{"part":"profile","from":"default"},\
                {"part":"vmcoreinfo","from":"elfcorehdr"},{"part":"pageOffset","from":"elfcorehdr"},\
                {"part":"kernelText","from":"elfcorehdr"}]""");
    }

    /** Then a listing does not take away what the header could not tell, nor the other way round. */
    @Test
    void aReservationThatIsNotKnownIsNoDifference() {
        var step = stepsOfKernels().findFirst().orElseThrow();
        var name = newName("unreserved");
        create(step.head(), "name=" + name);
        var answer = layout(name, "text/plain", step.text("iomem.txt").getBytes(StandardCharsets.UTF_8), "");
        assertThat(warnings(body(answer, 201))).contains("crash-kernel-differs");
        assertThat(systemRam(name)).isEqualTo(step.systemRam());
        assertThat(body(layout(name, step.head(), ""), 200).get("changed").booleanValue())
                .isFalse();
    }

    @Test
    void aHeaderWithoutNotesTellsNothingOfCpus() {
        var step = Recordings.steps("k61").stream()
                .filter(RecordedStep::hasHeader)
                .findFirst()
                .orElseThrow();
        var name = newName("noteless");
        importGuest(RecordedBundle.everything(step, name));
        var header = ByteBuffer.wrap(step.head()).order(ByteOrder.LITTLE_ENDIAN);
        var phdrs = DecodedHeader.parse(HeaderBytes.of(step.head())).phdrs();
        for (int i = 0; i < phdrs.size(); i++) {
            if (phdrs.get(i).isNote()) {
                header.putInt(64 + Elf64Phdr.SIZE_BYTES * i, 0);
            }
        }
        assertThat(body(layout(name, header.array(), ""), 200).get("changed").booleanValue())
                .isFalse();
    }

    /** Linux lists it only once something else happens. */
    @Test
    void memoryThatIsNotOnlineMayBeMissing() {
        var step = step("k612-kaslr/01-dimm-add-d0-512M-offline");
        var name = newName("offline");
        importGuest(RecordedBundle.everything(step, name));
        var dimm = new PhysicalRange(0x180000000L, 0x19fffffffL);
        hotplug(name, Requests.changeSet(Requests.memory("OFFLINE_MEMORY", dimm)));
        assertThat(body(layout(name, step.head(), ""), 200).get("changed").booleanValue())
                .isFalse();
        assertThat(systemRam(name)).contains(dimm);
    }

    @Test
    void aHeaderOfAnotherBootIsRefused() {
        var step = stepsOfKernels().findFirst().orElseThrow();
        var name = newName("other");
        importGuest(RecordedBundle.everything(step, name));
        var before = machine(name);
        var problem = body(layout(name, withMoreReserved(step), ""), 400);
        assertThat(problem.at("/errors/0/detail").stringValue()).contains("it is of another boot or machine");
        assertThat(machine(name)).isEqualTo(before);
    }

    /** The header of a step, as if the reservation began a page earlier. */
    private static byte[] withMoreReserved(RecordedStep step) {
        return with(
                step, phdr -> phdr.paddr() + phdr.memsz() == step.crashKernel().start(), MEMSZ_OFFSET, -4096);
    }

    /** The header of a step, with so much more in a field of some program headers. */
    private static byte[] with(RecordedStep step, Predicate<Elf64Phdr> changed, int field, long more) {
        var header = ByteBuffer.wrap(step.head()).order(ByteOrder.LITTLE_ENDIAN);
        var phdrs = DecodedHeader.parse(HeaderBytes.of(step.head())).phdrs();
        for (int i = 0; i < phdrs.size(); i++) {
            if (changed.test(phdrs.get(i))) {
                int at = Elf64Ehdr.SIZE_BYTES + Elf64Phdr.SIZE_BYTES * i + field;
                header.putLong(at, header.getLong(at) + more);
            }
        }
        return header.array();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name=x&crashKernel=nonsense | crashKernel | "nonsense" is no range as /proc/iomem has it, as 6d000000-7cffffff
            name=x&crashKernel=1-2,4-5,7-8 | crashKernel | there are 3 Crash kernel ranges; Linux reserves two at most
            name=x&crashKernel=100000-1fffff | crashKernel | is not reserved
            name=x&crashKernel=0x70000000-0x70ffffff,70800000-71ffffff | crashKernel | overlap
            name=x&crashKernel=4000000000-4000ffffff | crashKernel | lists no System RAM beside 0x4000000000-0x4000ffffff
            name=x&possible=z | possible | z
            name=x&kernelRelease=6.12.95 deb12 | kernelRelease | holds a space, as a + in a query becomes
            name=x&crashKernelBytes=1 | crashKernelBytes | crashKernelBytes has no meaning with application/octet-stream
            crashKernel=1-2 | name | name
            """)
    void whatCannotBeIsRefused(String query, String parameter, String sentence) {
        var header = stepsOfKernels().findFirst().orElseThrow().head();
        var problem = body(create(header, query), 400);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(parameter);
        assertThat(problem.at("/errors/0/detail").stringValue()).contains(sentence);
    }

    @Test
    void otherBytesAreRefused() {
        var problem = body(create(new byte[64], "name=" + newName("zeros")), 400);
        assertThat(problem.at("/errors/0/detail").stringValue()).contains("ELF magic");
    }
}
