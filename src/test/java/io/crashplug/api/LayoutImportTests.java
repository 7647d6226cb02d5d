package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What guests and their hypervisors tell, over machines that exist. */
class LayoutImportTests extends ApiTest {

    private static final List<String> COMMANDS =
            List.of("query-memory-devices", "query-hotpluggable-cpus", "query-cpus-fast", "query-memory-size-summary");

    private static final String DIMM = """
            {"type": "dimm", "data": {"id": "%s", "addr": %d, "size": %d, "slot": %d, "node": 0, "memdev": "/objects/m",
             "hotplugged": true, "hotpluggable": true}}""";

    private static final long GIB = 1L << 30;
    private static final int DIMM_BYTES = 512 << 20;

    private Response send(String machine, String type, Object body, String query) {
        return api().contentType(type).body(text(body)).post("/machines/" + machine + "/layout-imports" + query);
    }

    private JsonNode imported(String machine, Object body) {
        var answer = send(machine, "application/json", body, "");
        return body(answer, answer.statusCode() == 200 ? 200 : 201);
    }

    private static ObjectNode qmp(String command, String reply) {
        var document = JSON.createObjectNode().put("source", "qmp");
        document.putObject("replies").set(command, JSON.readTree(reply));
        return document;
    }

    private static ObjectNode devices(String... devices) {
        return qmp("query-memory-devices", "{\"return\": [%s], \"id\": 7}".formatted(String.join(",", devices)));
    }

    private static ObjectNode replies(RecordedStep step) {
        var document = JSON.createObjectNode().put("source", "qmp");
        var replies = document.putObject("replies");
        COMMANDS.forEach(command -> replies.set(command, JSON.readTree(step.text("qmp-%s.json".formatted(command)))));
        return document;
    }

    private static List<String> actions(JsonNode answer) {
        return answer.at("/hotplugEvent/changes")
                .valueStream()
                .map(change -> change.get("action").stringValue())
                .toList();
    }

    private String guest(String prefix) {
        var name = newName(prefix);
        create(SecuredTest.machine(name, Map.of()));
        return name;
    }

    static Stream<String> sessions() {
        return Recordings.SESSIONS.stream();
    }

    /** Boot memory as the guest told at first; the devices as QEMU told at each step. */
    @ParameterizedTest
    @MethodSource("sessions")
    void eachStepOfASessionLeavesTheMemoryThatTheGuestLists(String session) {
        var steps = Recordings.steps(session);
        var name = newName("followed");
        importGuest(RecordedBundle.everything(steps.get(0), name));
        for (var step : steps) {
            assertThat(warnings(imported(name, replies(step)))).doesNotContain("boot-memory-differs");
            assertThat(systemRam(name)).as(step::name).isEqualTo(step.systemRam());
            assertThat(machine(name).at("/cpus/present").stringValue())
                    .as(step::name)
                    .isEqualTo(step.present().toString());
            var again = send(name, "application/json", replies(step), "");
            assertThat(body(again, 200).get("changed").booleanValue()).isFalse();
        }
    }

    /** The same with what the guest itself tells at each step. */
    @ParameterizedTest
    @MethodSource("sessions")
    void eachStepOfASessionIsWhatItsListingSays(String session) {
        var steps = Recordings.steps(session);
        var name = newName("listed");
        importGuest(RecordedBundle.everything(steps.get(0), name));
        for (var step : steps) {
            assertThat(warnings(imported(name, RecordedBundle.everything(step, name))))
                    .doesNotContain("kernel-differs");
            assertThat(systemRam(name)).as(step::name).isEqualTo(step.systemRam());
            assertThat(machine(name).at("/cpus/online").stringValue())
                    .isEqualTo(step.text("cpu_online.txt").strip());
            var again = send(name, "text/plain", step.text("iomem.txt"), "");
            assertThat(body(again, 200).get("changed").booleanValue()).isFalse();
        }
    }

    @Test
    void theDifferenceIsOneAuditedChangeSet() {
        var name = guest("diff");
        load(name, Requests.FILE_LOAD);
        var dry = body(
                send(name, "application/json", devices(DIMM.formatted("d0", 8 * GIB, DIMM_BYTES, 0)), "?dryRun=true"),
                200);
        assertThat(dry.get("changed").booleanValue()).isTrue();
        assertThat(dry.at("/hotplugEvent/sequence").isNull()).isTrue();
        assertThat(dry.at("/hotplugEvent/outcome").stringValue()).isEqualTo("REBUILT");
        var answer =
                send(name, "application/json", devices(DIMM.formatted("d0", 8 * GIB, DIMM_BYTES, 0)), "?reason=sync");
        var event = body(answer, 201).get("hotplugEvent");
        assertThat(answer.header("Location")).endsWith("/hotplug-events/2");
        assertThat(event.get("reason").stringValue()).isEqualTo("sync");
        assertThat(event.get("changes")).isEqualTo(dry.at("/hotplugEvent/changes"));
        assertThat(event.get("changes")).hasToString("""
                [{"action":"ADD_MEMORY","range":{"start":"0x200000000","end":"0x21fffffff"},\
                "device":{"type":"DIMM","id":"d0","slot":0,"node":0}}]""");
        assertThat(body(api().get("/machines/" + name + "/hotplug-events/2"), 200))
                .isEqualTo(event);
        assertThat(warnings(body(answer, 201))).containsExactly("online-assumed");
        assertThat(body(answer, 201).get("origins")).hasToString("""
                [{"part":"bootMemory","from":"before"},{"part":"deviceMemory","from":"source"},\
                {"part":"possibleCpus","from":"before"},{"part":"presentCpus","from":"before"},\
                {"part":"onlineCpus","from":"before"},{"part":"crashKernel","from":"before"},\
                {"part":"crashNotes","from":"before"},{"part":"vmcoreinfo","from":"before"},\
                {"part":"pageOffset","from":"before"},{"part":"kernelText","from":"before"},\
                {"part":"profile","from":"before"}]""");
        assertThat(body(answer, 201).get("exactness")).isEqualTo(machine(name).get("exactness"));

        assertThat(actions(imported(name, devices(DIMM.formatted("d1", 8 * GIB, DIMM_BYTES, 0)))))
                .containsExactly("REMOVE_MEMORY", "ADD_MEMORY");
        var gone = imported(name, devices());
        assertThat(actions(gone)).containsExactly("REMOVE_MEMORY");
        assertThat(gone.at("/hotplugEvent/reason").stringValue()).isEqualTo("import of what QEMU tells");
    }

    @Test
    void cpusFollowTheirSlots() {
        var name = guest("cpus");
        var slot = "{\"props\": {\"socket-id\": %d, \"core-id\": 0, \"thread-id\": 0}, \"vcpus-count\": 1%s}";
        var slots = new ArrayList<String>();
        for (int i = 3; i >= 0; i--) {
            slots.add(slot.formatted(i, i != 1 ? ", \"qom-path\": \"/machine/x\"" : ""));
        }
        var answer = imported(name, qmp("query-hotpluggable-cpus", "[%s]".formatted(String.join(",", slots))));
        assertThat(machine(name).at("/cpus/present").stringValue()).isEqualTo("0,2-3");
        assertThat(actions(answer)).containsExactly("REMOVE_CPU", "ADD_CPU", "ADD_CPU");
        assertThat(warnings(answer)).containsExactly("cpu-numbers-assumed", "online-assumed");
        assertThat(answer.at("/warnings/1/detail").stringValue()).contains("those that are new, 2-3, were taken");
        assertThat(answer.at("/origins/4")).hasToString("""
                {"part":"onlineCpus","from":"default"}""");
    }

    /** As QEMU lists them: from the last one on. */
    @Test
    void cpusOfModulesFollowTheirPlaces() {
        var name = guest("modules");
        var slot = """
                {"props": {"socket-id": 0, "die-id": 0, "module-id": %d, "core-id": %d, "thread-id": 0},
                 "vcpus-count": 1%s}""";
        var slots = new ArrayList<String>();
        for (int i = 3; i >= 0; i--) {
            slots.add(slot.formatted(i / 2, i % 2, i < 2 ? ", \"qom-path\": \"/machine/x\"" : ""));
        }
        imported(name, qmp("query-hotpluggable-cpus", "[%s]".formatted(String.join(",", slots))));
        assertThat(machine(name).at("/cpus/present").stringValue()).isEqualTo("0-1");
    }

    @Test
    void whatIsNotToldStays() {
        var name = guest("kept");
        imported(name, devices(DIMM.formatted("d0", 8 * GIB, DIMM_BYTES, 0)));
        var before = machine(name);
        imported(name, qmp("query-memory-size-summary", "{\"return\": {\"base-memory\": 1, \"plugged-memory\": 0}}"));
        var ofCloudHypervisor = imported(name, """
                {"source": "cloud-hypervisor", "vmInfo": {"state": "Running", "config": {
                 "cpus": {"boot_vcpus": 2, "max_vcpus": 64}, "memory": {"size": 1, "hotplugged_size": 134217728}}}}""");
        assertThat(warnings(ofCloudHypervisor)).containsExactly("device-address-unknown", "possible-cpus-differ");
        var nvdimm = "{\"type\": \"nvdimm\", \"data\": {\"id\": \"d0\", \"addr\": 1, \"size\": 1}}";
        assertThat(warnings(imported(name, devices(nvdimm)))).containsExactly("persistent-memory");
        assertThat(machine(name)).isEqualTo(before);
    }

    @Test
    void aDomainTellsOfDevices() {
        var name = guest("domain");
        var domain = """
                <domain><name>x</name><memory unit='MiB'>2560</memory><vcpu>4</vcpu><devices><memory model='dimm'>
                <target><size unit='MiB'>512</size></target><alias name='dimm0'/>
                <address type='dimm' slot='0' base='0x200000000'/></memory></devices></domain>""";
        var before = systemRam(name);
        var answer = send(name, "application/xml", domain, "");
        assertThat(warnings(body(answer, 201))).containsExactly("chipset-assumed", "online-assumed", "online-assumed");
        assertThat(systemRam(name)).hasSize(before.size() + 1).containsAll(before);
        var unaligned = domain.replace("0x200000000", "0x201000000");
        assertThat(warnings(body(send(name, "application/xml", unaligned, ""), 200)))
                .containsExactly("chipset-assumed", "not-block-aligned");
    }

    /** A guest that booted anew has its kernel elsewhere, or another one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vmcoreinfo               | "0x5000000 1024"
            kernelRelease            | "6.1.0"
            profile                  | "RFC_V2"
            pageOffset               | "0xff33000000000000"
            kernelText               | {"virtualAddress": "0xffffffff91000000", "physicalAddress": "0x2000000", "sizeBytes": 46333952}
            crashNotes               | [{"cpu": 0, "address": "0x1000", "sizeBytes": 364}]
            """)
    void whatTheGuestTellsOfAnotherKernelIsWarnedOf(String field, String told) {
        var name = newName("rebooted");
        var step = Recordings.steps(Recordings.SESSIONS.get(0)).get(0);
        importGuest(RecordedBundle.everything(step, name));
        var before = machine(name);
        var bundle = (ObjectNode) JSON.readTree(text(RecordedBundle.everything(step, name)));
        bundle.remove(List.of("name", "elfcorehdr", "nrCpusDefault"));
        assertThat(warnings(imported(name, bundle))).doesNotContain("kernel-differs");
        bundle.set(field, JSON.readTree(told));
        var answer = imported(name, bundle);
        assertThat(warnings(answer)).contains("kernel-differs");
        assertThat(answer.get("warnings")
                        .valueStream()
                        .map(warning -> warning.get("detail").stringValue()))
                .anyMatch(detail ->
                        detail.startsWith("what the guest tells of %s is not what is known".formatted(field)));
        assertThat(machine(name)).isEqualTo(before);
    }

    @Test
    void aHeaderTellsOfAnotherKernelToo() {
        var name = newName("header");
        importGuest(RecordedBundle.everything(withHeader("k612-nokaslr"), name));
        var same = RecordedBundle.withItsHeader(withHeader("k612-nokaslr"), name);
        assertThat(warnings(imported(name, same))).doesNotContain("kernel-differs");
        var other = RecordedBundle.withItsHeader(withHeader("k612-kaslr"), name);
        assertThat(imported(name, other).get("warnings").toString())
                .contains(
                        "what the guest tells of crashNotes, vmcoreinfo, pageOffset, kernelText is not what is known");
    }

    /** What was a default, because nobody told, is no news once it is told. */
    @Test
    void whatWasNotKnownDoesNotDiffer() {
        var name = guest("untold");
        var step = withHeader("k612-kaslr");
        for (var bundle : List.of(
                RecordedBundle.everything(step, name).put("profile", "RFC_V2"),
                RecordedBundle.withItsHeader(step, name))) {
            var answer = send(name, "application/json", bundle, "?dryRun=true");
            assertThat(warnings(body(answer, 200))).doesNotContain("kernel-differs");
        }
    }

    private static RecordedStep withHeader(String session) {
        return Recordings.steps(session).stream()
                .filter(RecordedStep::hasHeader)
                .findFirst()
                .orElseThrow();
    }

    /** Of what QEMU tells of a guest that boots with 2 GiB, less one MiB, which are known. */
    @ParameterizedTest
    @CsvSource({"4294967296, true", "2147483648, false", "2363490304, true", "2359296000, false", "1073741824, true"})
    void anotherAmountOfBootMemoryIsWarnedOf(long bytes, boolean warned) {
        var name = guest("boot");
        var before = machine(name);
        var replies = devices();
        replies.withObject("/replies").putObject("query-memory-size-summary").put("base-memory", bytes);
        var answer = imported(name, replies);
        assertThat(warnings(answer).contains("boot-memory-differs")).isEqualTo(warned);
        assertThat(machine(name)).isEqualTo(before);
    }

    /** The guest may have made System RAM of it, which it does not tell apart. */
    @Test
    void besidePersistentMemoryMoreMayBeKnown() {
        var name = guest("kmem");
        var replies = devices("{\"type\": \"nvdimm\", \"data\": {\"id\": \"d0\", \"addr\": 1, \"size\": 1}}");
        replies.withObject("/replies").putObject("query-memory-size-summary").put("base-memory", GIB);
        assertThat(warnings(imported(name, replies))).containsExactly("persistent-memory");
    }

    /** A header leaves out what is reserved, which may be much. */
    @Test
    void whereTheReservationIsNotKnownLessMayBeKnown() {
        var name = newName("unreserved");
        create("""
                {"name": "%s", "cpus": {"possible": "0", "present": "0"},
                 "memory": {"systemRam": [{"start": "0x100000", "end": "0x3fffffff"}]}}""".formatted(name));
        var replies = devices();
        replies.withObject("/replies").putObject("query-memory-size-summary").put("base-memory", 2 * GIB);
        assertThat(warnings(imported(name, replies))).isEmpty();
    }

    @Test
    void aVirtioMemDeviceGrowsAndShrinksAtItsEnd() {
        var name = guest("virtio");
        var device = """
                {"type": "virtio-mem", "data": {"id": "vm0", "memaddr": 8589934592, "size": %d, "max-size": 4294967296,
                 "requested-size": 0, "block-size": 2097152, "node": 0, "memdev": "/objects/vm0"}}""";
        var before = systemRam(name);
        for (long bytes : new long[] {256 << 20, GIB, 130 << 20, 0}) {
            var answer = imported(name, devices(device.formatted(bytes)));
            assertThat(actions(answer)).hasSize(1);
            var expected = new ArrayList<>(before);
            if (bytes > 0) {
                expected.add(PhysicalRange.ofSize(8 * GIB, (bytes + (128 << 20) - 1) / (128 << 20) * (128 << 20)));
            }
            assertThat(systemRam(name)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"replies": {"query-status": {}}}                                              | /replies/query-status
            {"replies": {"query-memory-devices": {"error": {"class": "GenericError"}}}}    | /replies/query-memory-devices
            {"replies": {"query-memory-devices": {"return": 7}}}                           | /replies/query-memory-devices
            {"replies": {"query-memory-devices": [7]}}                                     | /replies/query-memory-devices/0
            {"replies": {"query-memory-devices": [{"type": "dimm"}]}}                      | /replies/query-memory-devices/0/data
            {"replies": {"query-memory-devices": [{"type": "dimm", "data": {"addr": 0}}]}} | /replies/query-memory-devices/0/data/size
            {"replies": {"query-memory-devices": [{"type": "dimm", "data": {"addr": -1, "size": 1}}]}} | /replies/query-memory-devices/0/data/addr
            {"replies": {"query-memory-devices": [{"type": "dimm", "data": {"id": "a\\u0000b", "addr": 0, "size": 1}}]}} | /replies/query-memory-devices/0/data/id
            {"replies": {"query-cpus-fast": [{"cpu-index": 8192}]}}                        | /replies/query-cpus-fast/0/cpu-index
            {"replies": {"query-cpus-fast": [{}]}}                                         | /replies/query-cpus-fast/0/cpu-index
            {"replies": {"query-hotpluggable-cpus": [{"vcpus-count": 9000}]}}              | /replies/query-hotpluggable-cpus/0/vcpus-count
            {"replies": {"query-memory-size-summary": {"base-memory": "x"}}}               | /replies/query-memory-size-summary/base-memory
            {"source": "guest", "replies": {}}                                             | /source
            {"source": "qmp", "iomem": "x", "name": "x"}                                   | /source
            {"vmInfo": {}}                                                                 | /vmInfo/config
            {"vmInfo": {"config": {"cpus": {"max_vcpus": 1, "boot_vcpus": 2}, "memory": {"size": 1}}}} | /vmInfo/config/cpus/boot_vcpus
            {"name": "x", "cpus": {"possible": 1}, "memoryBytes": 1}                       | /memoryBytes
            {"name": "x", "iomem": "00100000-7fffffff : System RAM", "unknown": 1} | /unknown
            """)
    void whatCannotBeIsRefused(String document, String pointer) {
        var name = guest("refused");
        var before = machine(name);
        var problem = body(send(name, "application/json", document, ""), 400);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
        assertThat(machine(name)).isEqualTo(before);
    }

    @Test
    void anImpossibleLayoutIsRefusedAndAudited() {
        var name = guest("impossible");
        var problem = body(send(name, "application/json", devices(DIMM.formatted("d0", GIB, DIMM_BYTES, 0)), ""), 422);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/range-overlap");
        assertThat(problem.get("sequence").intValue()).isEqualTo(1);
        assertThat(body(send("nobody", "application/json", devices(), ""), 404)
                        .get("detail")
                        .stringValue())
                .isEqualTo("there is no machine \"nobody\"");
    }

    @Test
    void aDifferenceOfManyChangesIsRefused() {
        var name = guest("many");
        var listing = new StringBuilder("00001000-0009fbff : System RAM\n");
        for (int i = 0; i < 1001; i++) {
            listing.append(
                    "%x-%x : System RAM\n".formatted(8 * GIB + i * 0x10000000L, 8 * GIB + i * 0x10000000L + 0xfff));
        }
        var problem = body(send(name, "text/plain", listing.toString(), ""), 400);
        assertThat(problem.at("/errors/0/detail").stringValue()).contains("more than the 1000 of a change set");
    }
}
