package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What differs between two versions of a header. */
class DiffTests extends ApiTest {

    private String path;

    @BeforeEach
    void threeVersions() {
        var machine = newName("diff");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);
        hotplug(machine, SmallGuest.addAll(1, 1));
        hotplug(machine, Requests.changeSet(SmallGuest.remove(1)));
        path = "/machines/%s/elfcorehdr/diff?".formatted(machine);
    }

    private JsonNode diff(String query) {
        return body(api().accept(ContentType.JSON).get(path + query), 200);
    }

    @Test
    void itNamesWhatWasAddedAndRemoved() {
        var added = diff("from=1&to=2");
        assertThat(added.get("added")).hasSize(1);
        assertThat(added.at("/added/0/physicalAddress").stringValue()).isEqualTo("0x110000000");
        assertThat(added.at("/ehdr/0/name").stringValue()).isEqualTo("phnum");
        assertThat(diff("from=2").get("removed")).isEqualTo(added.get("added"));
        assertThat(diff("from=1").get("same").booleanValue()).isTrue();
    }

    @Test
    void itReadsAsText() {
        var text = api().accept(ContentType.TEXT).get(path + "from=2&to=3").asString();
        assertThat(text).contains("- System RAM 0x110000000-0x117ffffff removed");
        assertThat(api().accept(ContentType.TEXT).get(path + "from=1&to=3").asString())
                .startsWith("no differences");
    }

    @Test
    void aRevisionThatIsMissingIsNamed() {
        var problem = body(api().accept(ContentType.JSON).get(path + "from=1&to=9"), 404);
        assertThat(problem.get("detail").stringValue()).isEqualTo("the machine has no revision 9 of its elfcorehdr");
        assertThat(body(api().accept(ContentType.JSON).get(path + "to=2"), 400)
                        .get("detail")
                        .stringValue())
                .isEqualTo("from is missing");
    }
}
