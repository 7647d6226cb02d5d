package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.Recordings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a machine went through, the checks find nothing wrong with it. */
class SoundStoreTests extends StoreCheckTest {

    private static final String UPDATE = "KEXEC_UPDATE_ELFCOREHDR";

    private final String machine = newName("sound");

    private void changes(String... changes) {
        hotplug(machine, "{\"whenTooLarge\": \"KEEP_STALE\", \"changes\": [%s]}".formatted(String.join(", ", changes)));
        sound();
    }

    private void sound() {
        assertThat(findings(machine)).isEmpty();
    }

    private static String memory(String action, int block) {
        return Requests.memory(action, SmallGuest.block(block)).toString();
    }

    private static String cpu(String action, int cpu) {
        return "{\"action\": \"%s\", \"cpu\": %d}".formatted(action, cpu);
    }

    @ParameterizedTest
    @EnumSource
    void aLifeUnderEachKernel(KernelProfile profile) {
        var created = create(SmallGuest.text(machine, profile.name(), SmallGuest.ONE_PAGE));
        sound();
        changes(memory("ADD_MEMORY", 1));
        load(machine, Requests.FILE_LOAD);
        sound();
        changes(memory("ADD_MEMORY", 2), cpu("ADD_CPU", 5));
        changes(cpu("OFFLINE_CPU", 2));
        changes(cpu("ONLINE_CPU", 2), cpu("REMOVE_CPU", 3));
        changes(cpu("REMOVE_CPU", 2));
        body(post("/machines/%s/hotplug-events".formatted(machine), Requests.changeSet(SmallGuest.add(1))), 422);
        sound();
        changes(memory("OFFLINE_MEMORY", 2));
        changes("{\"action\": \"REMOVE_MEMORY\", \"deviceId\": \"d0\", \"stillListed\": true}");
        changes(memory("ADD_MEMORY", 3), memory("REMOVE_MEMORY", 3));
        changes(
                "{\"action\": \"ADD_MEMORY\", \"range\": {\"start\": \"0x200000000\", \"sizeBytes\": 268435456},"
                        + " \"device\": {\"type\": \"VIRTIO_MEM\", \"id\": \"v0\"}}",
                "{\"action\": \"ADD_MEMORY\", \"range\": {\"start\": \"0x210000000\", \"sizeBytes\": 134217728},"
                        + " \"online\": false, \"device\": {\"type\": \"VIRTIO_MEM\", \"id\": \"v0\"}}");
        changes("{\"action\": \"REMOVE_MEMORY\", \"range\": {\"start\": \"0x200000000\", \"sizeBytes\": 134217728}}");
        var many = new ArrayList<String>();
        for (int block = 40; block < 110; block++) {
            many.add(memory("ADD_MEMORY", block));
        }
        changes(many.toArray(String[]::new));
        post("/machines/%s/hotplug-events".formatted(machine), SmallGuest.addAll(120, 80));
        sound();
        changes(cpu("ADD_CPU", 2));
        changes(many.stream().map(add -> add.replace("ADD", "REMOVE")).toArray(String[]::new));
        load(machine, Requests.FILE_LOAD);
        sound();
        assertThat(api().delete("/machines/{machine}/crash-image", machine).statusCode())
                .isEqualTo(204);
        sound();
        changes(memory("ADD_MEMORY", 40));
        load(machine, Requests.FILE_LOAD);
        changes(memory("REMOVE_MEMORY", 40));
        assertThat(api().delete("/machines/{machine}", machine).statusCode()).isEqualTo(204);
        assertThat(findings(created.get("id").stringValue())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void headersThatUserspaceBuilt(KernelProfile profile) {
        create(SmallGuest.text(machine, profile.name(), SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
        var ofKernel = header(machine);
        var foreign = ofKernel.clone();
        foreign[100] ^= 1;
        for (var content : List.of(ofKernel, foreign)) {
            for (var flags : List.of(List.of("KEXEC_ON_CRASH"), List.of("KEXEC_ON_CRASH", UPDATE))) {
                load(machine, image(flags, content));
                sound();
                changes(cpu("ADD_CPU", 6));
                changes(cpu("REMOVE_CPU", 6));
                changes(memory("ADD_MEMORY", 1));
                changes(memory("REMOVE_MEMORY", 1));
            }
        }
    }

    private static ObjectNode image(List<String> flags, byte[] header) {
        var kernel = "the capture kernel".repeat(1000).getBytes(StandardCharsets.UTF_8);
        return Requests.userspaceLoad(
                flags,
                List.of(
                        Requests.segment(0x70000000L, 65536, kernel),
                        Requests.segment(0x6f000000L, 8192, header),
                        Requests.segment(0x71000000L, 4096, 4000).put("sha256", "0".repeat(64))));
    }

    @Test
    void imagesWithoutAHeader() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
        var unknown = Requests.userspaceLoad(
                List.of("KEXEC_ON_CRASH", UPDATE), List.of(Requests.segment(0x6f000000L, 8192, 4096)));
        load(machine, unknown);
        sound();
        changes(memory("ADD_MEMORY", 1));
        changes(cpu("ADD_CPU", 4));
        load(machine, Requests.FILE_LOAD);
        sound();
        load(machine, unknown);
        assertThat(api().delete("/machines/{machine}/crash-image", machine).statusCode())
                .isEqualTo(204);
        sound();
    }

    @Test
    void aMachineThatIsGone() {
        var id = create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE))
                .get("id")
                .stringValue();
        assertThat(api().delete("/machines/" + machine).statusCode()).isEqualTo(204);
        assertThat(findings(id)).isEmpty();
    }

    @Test
    void recordedGuests() {
        for (var session : Recordings.SESSIONS) {
            var name = newName("recorded");
            importGuest(RecordedBundle.everything(Recordings.steps(session).get(0), name));
            load(name, Requests.FILE_LOAD);
            hotplug(name, Requests.changeSet(Requests.memory("ADD_MEMORY", PhysicalRange.ofSize(1L << 40, 1L << 27))));
            assertThat(findings(name)).as(session).isEmpty();
        }
    }

    /** As versions before these were kept left it. */
    @Test
    void revisionsOfEarlierVersionsAreNotMissed() {
        var id = storied(machine);
        damage(id, "update header_revision set inputs_bytes = null, inputs_sha256 = null where machine_id = :m");
        assertThat(findings(machine)).isNotEmpty();
        damage(id, "delete from revision_piece where machine_id = :m");
        damage(id, "delete from header_revision where machine_id = :m");
        assertThat(findings(machine)).isNotEmpty();
        damage(id, "update machine set inputs_from = 5, revisions_from = 5 where id = :m");
        sound();
        hotplug(machine, SmallGuest.addAll(7, 1));
        sound();
    }
}
