package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a change set leaves behind when it is refused, only tried, or carried out although the header cannot follow. */
class RefusedEventsTests extends ApiTest {

    private static final String TOO_LARGE = "update elfcorehdr elfsz 8192 > memsz 4096";

    private final String machine = newName("refused");

    @BeforeEach
    void createMachine() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
    }

    private Response attempt(Object changeSet) {
        return post("/machines/" + machine + "/hotplug-events", changeSet);
    }

    private JsonNode history() {
        return body(api().get("/machines/{machine}/hotplug-events", machine), 200)
                .get("items");
    }

    @Test
    void aHeaderThatDoesNotFitRefusesTheChangeSetAndIsKeptInTheHistory() {
        var before = MachineRecord.of(this, machine);

        var answer = attempt(SmallGuest.addTooMuch().put("reason", "scale-up 4711"));

        assertThat(answer.contentType()).startsWith("application/problem+json");
        var problem = body(answer, 409);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/elfcorehdr-too-large");
        assertThat(problem.get("detail").stringValue()).isEqualTo(TOO_LARGE);
        assertThat(problem.get("elfszBytes").intValue()).isEqualTo(8192);
        assertThat(problem.get("memszBytes").intValue()).isEqualTo(4096);
        assertThat(problem.get("sequence").intValue()).isEqualTo(2);
        var after = MachineRecord.of(this, machine);
        assertThat(after.machine()).isEqualTo(before.machine());
        assertThat(after.etag()).isEqualTo(before.etag());
        assertThat(after.crashImage()).isEqualTo(before.crashImage());
        assertThat(after.segment()).isEqualTo(before.segment());

        var entry = body(api().get("/machines/{machine}/hotplug-events/2", machine), 200);
        assertThat(entry).isEqualTo(history().get(0));
        assertThat(entry.get("outcome").stringValue()).isEqualTo("REFUSED");
        assertThat(entry.get("problem").stringValue()).isEqualTo("/problems/elfcorehdr-too-large");
        assertThat(entry.get("detail").stringValue()).isEqualTo(TOO_LARGE);
        assertThat(entry.get("reason").stringValue()).isEqualTo("scale-up 4711");
        assertThat(entry.get("actor").stringValue()).isEqualTo("anonymous");
        assertThat(entry.get("requestId").stringValue()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(entry.get("changes")).hasSize(70);
        assertThat(entry.get("generation").toString()).isEqualTo("{\"before\":1,\"after\":1}");
        assertThat(entry.get("header").get("changedBytes").intValue()).isZero();
    }

    @Test
    void keepStaleChangesTheLayoutAndLeavesTheOldHeader() {
        var before = MachineRecord.of(this, machine);

        var event = hotplug(machine, SmallGuest.addTooMuch().put("whenTooLarge", "KEEP_STALE"));

        assertThat(event.get("outcome").stringValue()).isEqualTo("DOES_NOT_FIT");
        assertThat(event.get("detail").stringValue()).isEqualTo(TOO_LARGE);
        assertThat(event.get("header").get("revision").intValue()).isEqualTo(1);
        assertThat(event.get("header").get("elfszBytes").intValue()).isEqualTo(8192);
        assertThat(event.get("generation").toString()).isEqualTo("{\"before\":1,\"after\":2}");
        assertThat(machine(machine).get("memory").get("systemRam")).hasSize(73);
        assertThat(HeaderBytes.of(segment(machine))).isEqualTo(before.segment());
        assertThat(crashImage(machine).get("headerGeneration").intValue()).isEqualTo(1);
        assertThat(crashImage(machine).get("elfcorehdrUpdated").booleanValue()).isTrue();
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False TooLarge");
        assertThat(condition(machine, "HeaderFits")).isEqualTo("False TooLarge");
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False HeaderStale");
    }

    @Test
    void anImpossibleLayoutIsRefusedEitherWay() {
        var set = Requests.changeSet(SmallGuest.add(1), SmallGuest.add(0)).put("whenTooLarge", "KEEP_STALE");

        var problem = body(attempt(set), 422);

        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/range-overlap");
        assertThat(problem.get("changeIndex").intValue()).isEqualTo(1);
        assertThat(problem.get("sequence").intValue()).isEqualTo(2);
        assertThat(history().get(0).get("outcome").stringValue()).isEqualTo("REFUSED");
        assertThat(machine(machine).get("generation").intValue()).isEqualTo(1);
    }

    @Test
    void aDryRunAnswersAsIfAndStoresNothing() {
        var before = MachineRecord.of(this, machine);

        var tried = body(attempt(SmallGuest.addAll(1, 2), true), 200);

        assertThat(tried.get("sequence").isNull()).isTrue();
        assertThat(tried.get("header").get("revision").isNull()).isTrue();
        assertThat(tried.get("outcome").stringValue()).isEqualTo("REBUILT");
        assertThat(MachineRecord.of(this, machine)).isEqualTo(before);

        var done = hotplug(machine, SmallGuest.addAll(1, 2));
        for (var field : new String[] {"outcome", "detail", "generation", "changes", "reason"}) {
            assertThat(done.get(field)).as(field).isEqualTo(tried.get(field));
        }
        for (var field : new String[] {"elfszBytes", "phdrCount", "changedBytes", "sha256Before", "sha256After"}) {
            assertThat(done.get("header").get(field))
                    .as(field)
                    .isEqualTo(tried.get("header").get(field));
        }
    }

    @Test
    void aDryRunThatIsRefusedIsNotInTheHistory() {
        var before = MachineRecord.of(this, machine);

        assertThat(body(attempt(SmallGuest.addTooMuch(), true), 409).has("sequence"))
                .isFalse();
        assertThat(body(attempt(SmallGuest.addAll(0, 1), true), 422).has("sequence"))
                .isFalse();

        assertThat(MachineRecord.of(this, machine)).isEqualTo(before);
    }

    private Response attempt(Object changeSet, boolean dryRun) {
        return post("/machines/" + machine + "/hotplug-events?dryRun=" + dryRun, changeSet);
    }
}
