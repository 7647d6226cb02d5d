package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every version of a header is kept and read back. */
class RevisionsTests extends ApiTest {

    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    @Autowired
    private JdbcClient database;

    private String machine;

    @BeforeEach
    void aGuest() {
        machine = newName("revisions");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
    }

    @Test
    void everyVersionIsReadBackInItsThreeForms() {
        var segments = new ArrayList<byte[]>();
        var shown = new ArrayList<JsonNode>();
        load(machine, Requests.FILE_LOAD);
        // Grows by a page and shrinks again, so that a tail stays behind the header.
        for (var changes :
                List.of(SmallGuest.addAll(1, 80), Requests.changeSet(removals(80)), SmallGuest.addAll(1, 1))) {
            segments.add(segment(machine));
            shown.add(elfcorehdr(machine));
            hotplug(machine, changes);
        }
        for (int i = 0; i < segments.size(); i++) {
            var path = "/machines/%s/elfcorehdr/revisions/%d".formatted(machine, i + 1);
            assertThat(HeaderBytes.of(bytes(path + "?extent=segment"))).isEqualTo(HeaderBytes.of(segments.get(i)));
            assertThat(HeaderBytes.of(bytes(path)).sha256())
                    .isEqualTo(shown.get(i).get("sha256").stringValue());
            assertThat(body(api().accept(ContentType.JSON).get(path), 200)).isEqualTo(shown.get(i));
            assertThat(api().accept(ContentType.TEXT).get(path).asString()).startsWith("ELF Header:");
        }
        assertThat(segments.get(2)).isNotEqualTo(segments.get(0));
    }

    @Test
    void theListNamesAllOfThemNewestFirst() {
        load(machine, Requests.FILE_LOAD);
        hotplug(machine, SmallGuest.addAll(1, 1));
        load(machine, Requests.FILE_LOAD);
        assertThat(list("pageSize=2")).extracting(RevisionsTests::number).containsExactly(3L, 2L);
        assertThat(list("order=asc")).extracting(RevisionsTests::number).containsExactly(1L, 2L, 3L);
        var newest = list("pageSize=1").get(0);
        var inForce = elfcorehdr(machine);
        for (var field :
                List.of("revision", "at", "generation", "mem", "elfszBytes", "memszBytes", "phdrCount", "sha256")) {
            assertThat(newest.get(field)).as(field).isEqualTo(inForce.get(field));
        }
        assertThat(newest.get("storedBytes").intValue()).isBetween(1, 1024);
    }

    @Test
    void aTimeFindsTheVersionThatWasInForce() {
        load(machine, Requests.FILE_LOAD);
        hotplug(machine, SmallGuest.addAll(1, 1));
        assertThat(api().delete("/machines/{machine}/crash-image", machine).statusCode())
                .isEqualTo(204);
        load(machine, Requests.FILE_LOAD);
        var revisions = list("order=asc");
        var unloaded = Instant.parse(revisions.get(1).get("unloadedAt").stringValue());
        assertThat(revisions.get(2).get("unloadedAt").isNull()).isTrue();
        for (int i = 0; i < 3; i++) {
            var began = began(revisions.get(i));
            assertThat(revisionAt(began)).isEqualTo(i + 1);
            assertThat(at(began.minus(MICROSECOND)).statusCode()).isEqualTo(i == 1 ? 200 : 404);
        }
        assertThat(revisionAt(unloaded.minus(MICROSECOND))).isEqualTo(2);
        assertThat(body(at(unloaded), 404).get("detail").stringValue())
                .isEqualTo("no elfcorehdr was in force at " + unloaded);
        assertThat(revisionAt(Instant.parse("9999-01-01T00:00:00Z"))).isEqualTo(3);
        // Years that only one of the databases knows.
        assertThat(revisionAt(Instant.parse("+400000-01-01T00:00:00Z"))).isEqualTo(3);
        assertThat(at(Instant.parse("-200000-01-01T00:00:00Z")).statusCode()).isEqualTo(404);
    }

    @Test
    void theyOutliveTheMachine() {
        load(machine, Requests.FILE_LOAD);
        var bytes = header(machine);
        var id = machine(machine).get("id").stringValue();
        assertThat(api().delete("/machines/{machine}", machine).statusCode()).isEqualTo(204);
        assertThat(bytes("/machines/" + id + "/elfcorehdr/revisions/1")).isEqualTo(bytes);
        assertThat(api().get("/machines/{machine}/elfcorehdr/revisions", machine)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(list("order=asc")).isEmpty();
        assertThat(body(api().accept(ContentType.JSON).get("/machines/{m}/elfcorehdr/revisions/1", machine), 404)
                        .get("detail")
                        .stringValue())
                .isEqualTo("the machine has no revision 1 of its elfcorehdr");
        assertThat(at(Instant.now()).statusCode()).isEqualTo(404);
        assertThat(body(api().get("/machines/{m}/elfcorehdr/revisions?at=", machine), 400)
                        .get("detail")
                        .stringValue())
                .isEqualTo("at is empty, not a time");
    }

    @Test
    void bytesThatWereDamagedAreNotAnswered() {
        load(machine, Requests.FILE_LOAD);
        var id = machine(machine).get("id").stringValue();
        database.sql("""
                        update revision_piece set bytes = (select max(bytes) from revision_piece where machine_id = :other)
                        where machine_id = :id""")
                .param("id", UUID.fromString(id))
                .param("other", UUID.fromString(otherGuest()))
                .update();
        var path = "/machines/%s/elfcorehdr/revisions/1".formatted(machine);
        assertThat(api().accept(ContentType.BINARY).get(path).statusCode()).isEqualTo(500);
    }

    /** One with another header of the same size. */
    private String otherGuest() {
        var other = newName("revisions");
        create(SmallGuest.text(other, "LINUX_6_9", SmallGuest.LARGE).replace("0x6ca3d800", "0x6ca3d900"));
        load(other, Requests.FILE_LOAD);
        return machine(other).get("id").stringValue();
    }

    private static List<ObjectNode> removals(int blocks) {
        return IntStream.rangeClosed(1, blocks).mapToObj(SmallGuest::remove).toList();
    }

    private List<JsonNode> list(String query) {
        return body(api().get("/machines/%s/elfcorehdr/revisions?%s".formatted(machine, query)), 200)
                .get("items")
                .valueStream()
                .toList();
    }

    private Response at(Instant time) {
        return api().accept(ContentType.JSON)
                .queryParam("at", time.toString())
                .get("/machines/{machine}/elfcorehdr/revisions", machine);
    }

    private long revisionAt(Instant time) {
        return number(body(at(time), 200));
    }

    private static long number(JsonNode revision) {
        return revision.get("revision").longValue();
    }

    private static Instant began(JsonNode revision) {
        return Instant.parse(revision.get("at").stringValue());
    }

    private byte[] bytes(String path) {
        var answer = api().accept(ContentType.BINARY).get(path);
        assertThat(answer.statusCode()).as(answer::asString).isEqualTo(200);
        return answer.asByteArray();
    }
}
