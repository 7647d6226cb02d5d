package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A service that gets no connection to its database, because others have them all. */
@TestPropertySource(
        properties = {"spring.datasource.hikari.maximum-pool-size=2", "spring.datasource.hikari.connection-timeout=250"
        })
class UnavailableDatabaseTests extends ApiTest {

    private static final String ADD_CPU = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}";

    @Autowired
    private DataSource pool;

    private String machine;

    @BeforeEach
    void aMachine() {
        machine = newName("away");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
    }

    private <T> T withoutConnection(Supplier<T> request) throws SQLException {
        try (var one = pool.getConnection();
                var other = pool.getConnection()) {
            assertThat(one).isNotSameAs(other);
            return request.get();
        }
    }

    private Response change() {
        return api().contentType("application/json")
                .header("Idempotency-Key", machine)
                .body(ADD_CPU)
                .post("/machines/{machine}/hotplug-events", machine);
    }

    @Test
    void readsAndChangesAreAnsweredUnavailableAndWhenToTryAgain() throws SQLException {
        List<Supplier<Response>> requests = List.of(
                () -> api().get("/machines"),
                () -> api().accept("application/zstd").get("/export"),
                () -> api().get("/machines/{machine}", machine),
                () -> api().get("/fleet"),
                () -> post("/machines/" + machine + "/hotplug-events", ADD_CPU),
                () -> put(machine, Requests.FILE_LOAD),
                () -> api().delete("/machines/{machine}", machine),
                this::change);
        for (var request : requests) {
            var answer = withoutConnection(request);
            assertThat(body(answer, 503).get("type").stringValue()).isEqualTo("/problems/database-unavailable");
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void theSameKeyGoesWellOnceThereIsAConnection() throws SQLException {
        assertThat(withoutConnection(this::change).statusCode()).isEqualTo(503);
        assertThat(body(change(), 201).get("sequence").longValue()).isEqualTo(1);
        assertThat(change().header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void whatNeedsNoDatabaseIsAnswered() throws SQLException {
        assertThat(withoutConnection(() -> root().get("/problems/database-unavailable"))
                        .statusCode())
                .isEqualTo(200);
    }
}
