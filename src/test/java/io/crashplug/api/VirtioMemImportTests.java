package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.PhysicalRange;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** virtio-mem that the guest told of to the block, and of which its hypervisor tells less. */
class VirtioMemImportTests extends ApiTest {

    private static final String BOOTED = "00100000-7fffffff : System RAM\n";

    /** As Linux lists a device whose lowest blocks are not all plugged. */
    private static final String WITH_A_HOLE = BOOTED + """
            140000000-23fffffff : virtio0
              148000000-14fffffff : System RAM (virtio_mem)
              158000000-15fffffff : System RAM (virtio_mem)
            """;

    private static final String DOMAIN = """
            <domain><name>x</name><memory unit='MiB'>6144</memory><vcpu current='2'>4</vcpu><devices>
            <memory model='virtio-mem'><target><size unit='MiB'>4096</size>%s</target>
            <alias name='virtiomem0'/></memory></devices></domain>""";

    private static String qmp(long base, long plugged) {
        return """
                {"replies": {"query-memory-devices": [{"type": "virtio-mem", "data": {"id": "vm0", "memaddr": %d,
                 "size": %d, "max-size": 4294967296}}]}}""".formatted(base, plugged);
    }

    private Response send(String machine, String type, String text) {
        return api().contentType(type).body(text).post("/machines/" + machine + "/layout-imports");
    }

    /** A machine with System RAM as listed. */
    private String listed(String listing) {
        var name = newName("virtio");
        create(SecuredTest.machine(name, Map.of()));
        body(send(name, "text/plain", listing), 201);
        return name;
    }

    private List<PhysicalRange> plugged(String machine) {
        return systemRam(machine).stream()
                .filter(range -> range.start() >= 1L << 32)
                .toList();
    }

    @Test
    void blocksThatAreKnownStay() {
        var name = listed(WITH_A_HOLE);
        var before = plugged(name);
        assertThat(before).hasSize(2);
        var answer = body(send(name, "application/json", qmp(0x140000000L, 256 << 20)), 200);
        assertThat(answer.get("changed").booleanValue()).isFalse();
        assertThat(warnings(answer)).contains("virtio-mem-blocks-assumed");

        body(send(name, "application/json", qmp(0x140000000L, 384 << 20)), 201);
        assertThat(plugged(name)).containsExactly(new PhysicalRange(0x140000000L, 0x14fffffffL), before.get(1));
        body(send(name, "application/json", qmp(0x140000000L, 128 << 20)), 201);
        assertThat(plugged(name)).containsExactly(new PhysicalRange(0x140000000L, 0x147ffffffL));
        assertThat(machine(name).at("/memory/systemRam/1/device/id").stringValue())
                .isEqualTo("virtio0");
        body(send(name, "application/json", qmp(0x140000000L, 0)), 201);
        assertThat(plugged(name)).isEmpty();
    }

    /** The guest calls it otherwise than its hypervisor. */
    @Test
    void oneDeviceMayHaveTwoNames() {
        var name = newName("named");
        create(SecuredTest.machine(name, Map.of()));
        body(send(name, "application/json", qmp(0x140000000L, 256 << 20)), 201);
        body(send(name, "text/plain", WITH_A_HOLE), 201);
        var before = machine(name);
        assertThat(plugged(name)).hasSize(2);
        assertThat(before.at("/memory/systemRam").findValuesAsString("id")).containsExactly("vm0", "vm0");
        body(send(name, "application/json", qmp(0x140000000L, 256 << 20)), 200);
        body(send(name, "text/plain", WITH_A_HOLE), 200);
        assertThat(machine(name)).isEqualTo(before);
    }

    /** As a header tells of it. */
    @Test
    void blocksMayBeKnownWithoutTheirDevice() {
        var name = listed(WITH_A_HOLE.replace(" (virtio_mem)", ""));
        var before = machine(name);
        body(send(name, "application/json", qmp(0x140000000L, 256 << 20)), 200);
        assertThat(machine(name)).isEqualTo(before);
        body(send(name, "application/json", qmp(0x140000000L, 384 << 20)), 201);
        assertThat(plugged(name))
                .containsExactly(
                        new PhysicalRange(0x140000000L, 0x14fffffffL), new PhysicalRange(0x158000000L, 0x15fffffffL));
        assertThat(machine(name).at("/memory/systemRam").findValuesAsString("id"))
                .containsExactly("vm0", "vm0");
    }

    /** It has another size since its guest was started anew. */
    @Test
    void aDeviceMayBecomeSmallerThanWhatIsPlugged() {
        var name = newName("smaller");
        create(SecuredTest.machine(name, Map.of()));
        body(send(name, "application/json", qmp(0x140000000L, 4L << 30)), 201);
        var smaller = qmp(0x140000000L, 1 << 30).replace("4294967296", "2147483648");
        body(send(name, "application/json", smaller), 201);
        assertThat(plugged(name)).containsExactly(new PhysicalRange(0x140000000L, 0x17fffffffL));
        body(send(name, "application/json", smaller), 200);
    }

    /** Linux numbers them in the order in which it finds them. */
    @Test
    void aNameMayGoToAnotherDevice() {
        var name = listed(BOOTED + """
                140000000-23fffffff : virtio3
                  140000000-23fffffff : System RAM (virtio_mem)
                """);
        var listing = BOOTED + """
                140000000-23fffffff : virtio4
                  140000000-23fffffff : System RAM (virtio_mem)
                240000000-33fffffff : virtio3
                  240000000-247ffffff : System RAM (virtio_mem)
                """;
        body(send(name, "text/plain", listing), 201);
        assertThat(plugged(name))
                .containsExactly(
                        new PhysicalRange(0x140000000L, 0x23fffffffL), new PhysicalRange(0x240000000L, 0x247ffffffL));
        assertThat(machine(name).at("/memory/systemRam").findValuesAsString("id"))
                .containsExactly("virtio4", "virtio3");
        body(send(name, "text/plain", listing), 200);
    }

    private void takeOffline(String machine) {
        var range = new PhysicalRange(0x140000000L, 0x147ffffffL);
        hotplug(machine, Requests.changeSet(Requests.memory("OFFLINE_MEMORY", range)));
    }

    /** Its header still lists the part that was online when it was last rebuilt. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHeaderInForceIsNoOtherLayout(boolean allOffline) {
        var name = listed(BOOTED + """
                140000000-23fffffff : virtio0
                  140000000-147ffffff : System RAM (virtio_mem)
                """);
        load(name, Requests.FILE_LOAD);
        if (allOffline) {
            takeOffline(name);
        }
        var more = Requests.memory("ADD_MEMORY", new PhysicalRange(0x148000000L, 0x14fffffffL))
                .put("online", false)
                .set("device", JSON.readTree("{\"type\": \"VIRTIO_MEM\", \"id\": \"virtio0\"}"));
        hotplug(name, Requests.changeSet(more));
        var before = machine(name);
        var answer = api().contentType("application/octet-stream")
                .body(header(name))
                .post("/machines/" + name + "/layout-imports");
        assertThat(body(answer, 200).get("changed").booleanValue()).isFalse();
        assertThat(machine(name)).isEqualTo(before);
    }

    /** It was made online and grew since, as its header tells. */
    @Test
    void memoryThatWasOfflineMayHaveGrown() {
        var listing = BOOTED + "140000000-23fffffff : virtio0\n  140000000-%s : System RAM (virtio_mem)\n";
        var grown = listed(listing.formatted("14fffffff"));
        load(grown, Requests.FILE_LOAD);
        var name = listed(listing.formatted("147ffffff"));
        takeOffline(name);
        var answer = api().contentType("application/octet-stream")
                .body(header(grown))
                .post("/machines/" + name + "/layout-imports");
        body(answer, 201);
        assertThat(plugged(name)).containsExactly(new PhysicalRange(0x140000000L, 0x14fffffffL));
    }

    @Test
    void aListingWithANulIsRefused() {
        var name = listed(WITH_A_HOLE);
        SecuredTest.isProblem(
                send(name, "text/plain", WITH_A_HOLE.replace("virtio0", "virtio\u0000")), 400, "invalid-request");
    }

    /** libvirt up to 9.3 tells no address of virtio-mem, and never how much is plugged of a domain that does not run. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<current unit='MiB'>256</current>", "<address base='0x140000000'/>"})
    void memoryOfWhichTooLittleIsToldStays(String told) {
        var name = listed(WITH_A_HOLE);
        var before = machine(name);
        var answer = body(send(name, "application/xml", DOMAIN.formatted(told)), 200);
        assertThat(warnings(answer)).containsAnyOf("device-address-unknown", "plugged-unknown");
        assertThat(machine(name)).isEqualTo(before);
    }

    @Test
    void aDeviceThatIsToldOfNoLongerIsGone() {
        var name = listed(WITH_A_HOLE);
        body(send(name, "application/json", "{\"replies\": {\"query-memory-devices\": []}}"), 201);
        assertThat(plugged(name)).isEmpty();
    }

    /** Linux uses no block that lies in a device only in part. */
    @ParameterizedTest
    @ValueSource(longs = {2 << 20, 128 << 20, 192 << 20})
    void blocksBeginWithinTheDevice(long bytes) {
        var name = newName("unaligned");
        create(SecuredTest.machine(name, Map.of()));
        body(send(name, "application/json", qmp(0x134000000L, bytes)), 201);
        long blocks = (bytes + (128 << 20) - 1) / (128 << 20);
        assertThat(plugged(name)).containsExactly(PhysicalRange.ofSize(0x138000000L, blocks * (128 << 20)));
    }

    @Test
    void aDeviceOfLessThanABlockHasNone() {
        var name = newName("small");
        create(SecuredTest.machine(name, Map.of()));
        var before = machine(name);
        var device = qmp(0x134000000L, 64 << 20).replace("4294967296", "134217728");
        body(send(name, "application/json", device), 200);
        assertThat(machine(name)).isEqualTo(before);
    }

    /** Linux before 5.10 lists blocks that were plugged one after the other as ranges of their own. */
    @Test
    void theSameListingAgainChangesNothing() {
        var listing = BOOTED + """
                138000000-23fffffff : virtio1
                  138000000-13fffffff : System RAM (virtio_mem)
                  140000000-147ffffff : System RAM (virtio_mem)
                  148000000-14fffffff : System RAM (virtio_mem)
                """;
        var name = listed(listing);
        assertThat(plugged(name)).containsExactly(new PhysicalRange(0x138000000L, 0x14fffffffL));
        assertThat(body(send(name, "text/plain", listing), 200).get("changed").booleanValue())
                .isFalse();
    }

    @Test
    void rangesThatOverlapAreRefused() {
        var name = listed(WITH_A_HOLE);
        var before = machine(name);
        var problem = send(name, "text/plain", BOOTED + "00100000-8fffffff : System RAM\n");
        SecuredTest.isProblem(problem, 422, "range-overlap");
        assertThat(machine(name)).isEqualTo(before);
    }
}
