package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ETag of a machine counts the stored changes of what it shows. */
class VersionTests extends ApiTest {

    private final String machine = newName("version");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
    }

    private int version() {
        var etag = api().get("/machines/{machine}", machine).header("ETag");
        assertThat(etag).matches("\"\\d+\"");
        return Integer.parseInt(etag.substring(1, etag.length() - 1));
    }

    @Test
    void eachStoredChangeCountsOne() {
        int before = version();

        load(machine, Requests.FILE_LOAD);
        assertThat(version()).isEqualTo(before + 1);
        hotplug(machine, SmallGuest.addAll(1, 2));
        assertThat(version()).isEqualTo(before + 2);
        hotplug(machine, "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}");
        assertThat(version()).isEqualTo(before + 3);
        load(machine, Requests.FILE_LOAD);
        assertThat(version()).isEqualTo(before + 4);
        hotplug(machine, SmallGuest.addAll(3, 70).put("whenTooLarge", "KEEP_STALE"));
        assertThat(version()).isEqualTo(before + 5);
        api().contentType("application/merge-patch+json")
                .body("{\"description\": \"in rack 7\"}")
                .patch("/machines/{machine}", machine);
        assertThat(version()).isEqualTo(before + 6);
        api().delete("/machines/{machine}/crash-image", machine);
        assertThat(version()).isEqualTo(before + 7);
    }

    @Test
    void whatIsRefusedOrOnlyTriedCountsNothing() {
        load(machine, Requests.FILE_LOAD);
        int before = version();

        post("/machines/" + machine + "/hotplug-events", SmallGuest.addTooMuch());
        post("/machines/" + machine + "/hotplug-events?dryRun=true", SmallGuest.addAll(1, 2));
        put(
                machine,
                "{\"loadPath\": \"KEXEC_LOAD\", \"segments\": [{\"mem\": \"0x1\", \"memszBytes\": 1,"
                        + " \"bufszBytes\": 1}]}");

        assertThat(version()).isEqualTo(before);
    }

    /** The event finds the header, which the machine shows, while layout and bytes stay as they are. */
    @ParameterizedTest
    @ValueSource(strings = {"RFC_V2", "LINUX_6_6"})
    void aHeaderThatAnEventFindsCounts(String profile) {
        var name = newName("version");
        create(SmallGuest.text(name, profile, SmallGuest.ONE_PAGE));
        load(name, Requests.FILE_LOAD);
        var segment = Requests.segment(0x6f000000L, 8192, header(name));
        load(name, Requests.userspaceLoad(List.of("KEXEC_ON_CRASH", "KEXEC_UPDATE_ELFCOREHDR"), List.of(segment)));
        var before = MachineRecord.of(this, name);
        assertThat(before.machine().get("crashImage").get("elfcorehdrIndex").isNull())
                .isTrue();

        hotplug(name, """
                {"changes": [{"action": "OFFLINE_CPU", "cpu": 2}, {"action": "ONLINE_CPU", "cpu": 2}]}
                """);

        var after = MachineRecord.of(this, name);
        assertThat(after.segment()).isEqualTo(before.segment());
        assertThat(after.machine().get("generation")).isEqualTo(before.machine().get("generation"));
        assertThat(after.machine().get("crashImage").get("elfcorehdrIndex").intValue())
                .isZero();
        assertThat(after.etag()).isNotEqualTo(before.etag());
    }

    @Test
    void aReloadCountsAlsoWhereNoHeaderIsFound() {
        var unknown = Requests.userspaceLoad(List.of(), List.of(Requests.segment(0x6f000000L, 8192, 4096L)));
        load(machine, unknown);
        int before = version();

        load(machine, unknown);

        assertThat(version()).isEqualTo(before + 1);
    }

    @Test
    void anUnchangedDescriptionCountsNothing() {
        int before = version();

        var answer = api().contentType("application/merge-patch+json")
                .accept(ContentType.JSON)
                .body("{\"description\": \"\"}")
                .patch("/machines/{machine}", machine);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(version()).isEqualTo(before);
    }
}
