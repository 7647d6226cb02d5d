package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Machines from what hypervisors tell, and from counts alone. */
class HypervisorImportTests extends ApiTest {

    private static final String QMP = """
            {"name": "%s", "labels": {"team": "a"}, "kernelRelease": "6.12.1", "crashKernelBytes": 268435456, "replies": {
             "query-memory-size-summary": {"return": {"base-memory": 4294967296, "plugged-memory": 536870912}, "id": "1"},
             "query-memory-devices": [{"type": "dimm", "data": {"id": "d0", "addr": 6442450944, "size": 536870912,
              "slot": 0, "node": 0, "memdev": "/objects/m", "hotplugged": true, "hotpluggable": true}}],
             "query-cpus-fast": {"return": [{"cpu-index": 0, "thread-id": 1}, {"cpu-index": 1, "thread-id": 2}]},
             "query-hotpluggable-cpus": [{"vcpus-count": 4, "props": {"socket-id": 1}},
              {"vcpus-count": 4, "qom-path": "/machine/x", "props": {"socket-id": 0}}]}}""";

    private static List<String> ram(JsonNode answer) {
        return answer.at("/machine/memory/systemRam")
                .valueStream()
                .map(range -> range.get("start").stringValue() + "-"
                        + range.get("end").stringValue())
                .toList();
    }

    @Test
    void aMachineOfWhatQemuAnswers() {
        var name = newName("qemu");
        var answer = importGuest(QMP.formatted(name));
        assertThat(ram(answer))
                .containsExactly(
                        "0x1000-0x9fbff", "0x100000-0x7ffddfff", "0x100000000-0x17fffffff", "0x180000000-0x19fffffff");
        var machine = answer.get("machine");
        assertThat(machine.at("/cpus/possible").stringValue()).isEqualTo("0-7");
        assertThat(machine.at("/cpus/present").stringValue()).isEqualTo("0-1");
        assertThat(machine.at("/memory/crashKernel/start").stringValue()).isEqualTo("0x6f000000");
        assertThat(machine.at("/memory/systemRam/3/device/id").stringValue()).isEqualTo("d0");
        assertThat(answer.get("exactness").stringValue()).isEqualTo("SYNTHETIC");
        assertThat(answer.get("origins").toString())
                .contains(
                        "{\"part\":\"bootMemory\",\"from\":\"derived\"}",
                        "{\"part\":\"deviceMemory\",\"from\":\"source\"}",
                        "{\"part\":\"crashKernel\",\"from\":\"derived\"}",
                        "{\"part\":\"presentCpus\",\"from\":\"source\"}");
        load(name, Requests.FILE_LOAD);
    }

    /** It answers with those that are plugged in, and more may be. */
    @Test
    void whatQemuTellsOfItsVcpusIsNotWhatIsPossible() {
        var answer = importGuest("""
                {"name": "%s", "replies": {"query-memory-size-summary": {"base-memory": 4294967296},
                 "query-cpus-fast": [{"cpu-index": 0}, {"cpu-index": 1}]}}""".formatted(newName("fast")));
        assertThat(answer.at("/machine/cpus/possible").stringValue()).isEqualTo("0-1");
        assertThat(answer.get("origins").toString())
                .contains(
                        "{\"part\":\"possibleCpus\",\"from\":\"derived\"}",
                        "{\"part\":\"presentCpus\",\"from\":\"source\"}");
        assertThat(answer.get("missing").toString()).contains("\"cpus\"");
        assertThat(answer.get("warnings").toString()).contains("possible-cpus-assumed");
    }

    @Test
    void aDeviceThatLinuxRefusesIsLeftOutAloud() {
        var answer = importGuest(QMP.formatted(newName("unaligned")).replace("6442450944", "6443499520"));
        assertThat(ram(answer)).containsExactly("0x1000-0x9fbff", "0x100000-0x7ffddfff", "0x100000000-0x17fffffff");
        assertThat(answer.get("warnings").toString()).contains("not-block-aligned");
        var large = importGuest(QMP.formatted(newName("large"))
                .replace("4294967296", "68719476736")
                .replace("6442450944", "137438953472"));
        assertThat(large.get("warnings").toString()).contains("block-size-assumed");
    }

    @Test
    void aMachineOfCountsAlone() {
        var answer = importGuest("""
                {"name": "%s", "cpus": {"possible": 8, "present": 2}, "memoryBytes": 4294967296,
                 "crashKernelBytes": 268435456}""".formatted(newName("counts")));
        assertThat(ram(answer)).containsExactly("0x1000-0x9fbff", "0x100000-0x7ffddfff", "0x100000000-0x17fffffff");
        assertThat(answer.at("/machine/cpus/possible").stringValue()).isEqualTo("0-7");
        assertThat(answer.at("/machine/cpus/present").stringValue()).isEqualTo("0-1");
        assertThat(answer.get("exactness").stringValue()).isEqualTo("SYNTHETIC");
    }

    @Test
    void aMachineOfCloudHypervisor() {
        var answer = importGuest("""
                {"name": "%s", "source": "cloud-hypervisor", "vmInfo": {"state": "Running", "memory_actual_size": 5368709120,
                 "config": {"cpus": {"boot_vcpus": 2, "max_vcpus": 8, "topology": null},
                  "memory": {"size": 4294967296, "hotplug_method": "Acpi", "hotplug_size": 4294967296,
                   "hotplugged_size": 1073741824, "zones": null}}}}""".formatted(newName("ch")));
        assertThat(ram(answer)).containsExactly("0x1000-0x9ffff", "0x100000-0xbfffffff", "0x100000000-0x13fffffff");
        assertThat(answer.at("/machine/cpus/present").stringValue()).isEqualTo("0-1");
        assertThat(answer.get("warnings").toString())
                .contains("device-address-unknown", "laid out as Cloud Hypervisor does");
    }

    @Test
    void zonesOfMemoryAreCounted() {
        var answer = importGuest("""
                {"name": "%s", "vmInfo": {"config": {"cpus": {"boot_vcpus": 1, "max_vcpus": 1}, "memory": {"size": 0,
                 "zones": [{"id": "a", "size": 1073741824}, {"id": "b", "size": 1073741824}]}}}}""".formatted(newName("ch")));
        assertThat(ram(answer)).containsExactly("0x1000-0x9ffff", "0x100000-0x7fffffff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"replies": {"query-memory-size-summary": {"base-memory": 4294967296}}}        | /name          | name is missing
            {"name": "x", "replies": {}}                                                   | /replies       | QEMU does not tell how much memory
            {"name": "x", "replies": {"query-memory-size-summary": {"base-memory": 4096}}} | /replies       | are not between 16 MiB
            {"name": "x", "vmInfo": {"config": {"cpus": {"max_vcpus": 1, "boot_vcpus": 1}, "memory": {"size": 0}}}} | /vmInfo | are not between
            {"name": "x", "cpus": {"possible": 0}, "memoryBytes": 4294967296}              | /cpus/possible | not between 1 and 8192
            {"name": "x", "cpus": {"possible": 1, "present": 2}, "memoryBytes": 4294967296} | /cpus/present | not between 0 and 1
            {"name": "x", "memoryBytes": 4294967296}                                       | /cpus          | cpus is missing
            {"name": "x", "cpus": {"possible": 1}, "memoryBytes": -1}                      | /memoryBytes   | are not between 16 MiB
            {"name": "x", "cpus": {"possible": 1}, "memoryBytes": 4294967296, "crashKernelBytes": 4294967296} | /crashKernelBytes | can be reserved
            {"source": "counts", "name": "x"}                                              | /source        | "counts" is the source of the field "memoryBytes", which is missing
            {"source": "qmp"}                                                              | /source        | "qmp" is the source of the field "replies", which is missing
            {"source": "xen", "name": "x", "iomem": "x"}                                   | /source        | "xen" is not the source of these fields
            """)
    void whatTellsTooLittleIsRefused(String document, String pointer, String sentence) {
        var problem = body(post("/machine-imports", document), 400);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").stringValue()).contains(sentence);
    }
}
