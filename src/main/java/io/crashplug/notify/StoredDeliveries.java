package io.crashplug.notify;

import io.crashplug.notify.Delivery.State;
import io.crashplug.persistence.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads deliveries, which are there as long as their events. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredDeliveries {

    private static final String SELECT = """
            select d.number, d.machine_id, d.sequence, e.type, d.state, d.attempts, d.created_at, d.next_attempt_at,
                d.give_up_at, d.completed_at, d.last_status, d.last_error
            from webhook_delivery d join machine_event e on e.machine_id = d.machine_id and e.sequence = d.sequence
            where d.webhook_name = :webhook\s""";

    private final JdbcClient database;

    StoredDeliveries(JdbcClient database) {
        this.database = database;
    }

    Optional<Delivery> numbered(String webhook, long number) {
        return database.sql(SELECT + "and d.number = :number")
                .param("webhook", webhook)
                .param("number", number)
                .query(StoredDeliveries::delivery)
                .optional();
    }

    /**
     * Deliveries below a number, newest first.
     *
     * @param state only those; null for all
     */
    List<Delivery> newestBelow(String webhook, @Nullable State state, long below, int most) {
        var wanted = database.sql(SELECT
                        + (state == null
                                ? "and d.number < :below order by d.webhook_name desc, d.number desc limit :most"
                                : """
                                and d.state = :state and d.number < :below
                                order by d.webhook_name desc, d.state desc, d.number desc limit :most"""))
                .param("webhook", webhook)
                .param("below", below)
                .param("most", most);
        return (state == null ? wanted : wanted.param("state", state.name()))
                .query(StoredDeliveries::delivery)
                .list();
    }

    private static Delivery delivery(ResultSet row, int index) throws SQLException {
        return new Delivery(
                row.getLong("number"),
                row.getObject("machine_id", UUID.class),
                row.getLong("sequence"),
                EventType.named(row.getString("type")).orElseThrow(),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                SqlTime.of(row, "created_at"),
                SqlTime.orEmpty(row, "next_attempt_at").orElse(null),
                SqlTime.of(row, "give_up_at"),
                SqlTime.orEmpty(row, "completed_at").orElse(null),
                row.getObject("last_status", Integer.class),
                row.getString("last_error"));
    }
}
