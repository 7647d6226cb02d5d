package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** A machine whose row another connection holds for longer than a change waits. */
@TestPropertySource(properties = "crashplug.lock-timeout-millis=250")
class BusyMachineTests extends ApiTest {

    private static final String ADD_CPU = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}";

    @Autowired
    private JdbcClient database;

    @Autowired
    private DataSource dataSource;

    private String machine;

    @BeforeEach
    void aMachineWithAnImage() {
        machine = newName("busy");
        create(new SharedMachine("\"profile\": \"LINUX_6_9\"", machine).request());
        load(machine, FILE_LOAD);
    }

    /** What is answered while another connection holds the machine's row. */
    private <T> T whileHeld(Supplier<T> request) {
        return OtherTransaction.on(dataSource).execute(held -> {
            database.sql("select id from machine where live_name = ? for update")
                    .param(machine)
                    .query()
                    .singleRow();
            return request.get();
        });
    }

    private Response change(String query) {
        return post("/machines/%s/hotplug-events%s".formatted(machine, query), ADD_CPU);
    }

    private Response patch() {
        return api().contentType("application/merge-patch+json")
                .body("{\"description\": \"held\"}")
                .patch("/machines/{machine}", machine);
    }

    private Response delete() {
        return api().delete("/machines/{machine}", machine);
    }

    @Test
    void everyChangeIsAnsweredBusyAndWhenToTryAgain() {
        List<Supplier<Response>> changes = List.of(
                () -> change(""),
                () -> change("?dryRun=true"),
                () -> put(machine, FILE_LOAD),
                this::patch,
                this::delete);
        var before = machine(machine);
        for (var request : changes) {
            var answer = whileHeld(request);
            assertThat(body(answer, 503).get("type").stringValue()).isEqualTo("/problems/machine-busy");
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
        assertThat(machine(machine)).isEqualTo(before);
    }

    @Test
    void whatWasAnsweredBusyIsNotInTheHistoryAndGoesWellLater() {
        assertThat(whileHeld(() -> change("")).statusCode()).isEqualTo(503);
        assertThat(body(change(""), 201).get("sequence").longValue()).isEqualTo(2);
    }

    @Test
    void readersDoNotWait() {
        assertThat(whileHeld(() -> elfcorehdr(machine).get("revision").longValue()))
                .isEqualTo(1);
        assertThat(whileHeld(() -> machine(machine).get("name").stringValue())).isEqualTo(machine);
    }

    @Test
    void otherMachinesAreNotBusy() {
        var other = newName("idle");
        create(new SharedMachine("\"profile\": \"LINUX_6_9\"", other).request());
        assertThat(whileHeld(() -> hotplug(other, ADD_CPU)).get("sequence").longValue())
                .isEqualTo(1);
    }
}
