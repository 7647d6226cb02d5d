package io.crashplug.notify;

import io.crashplug.notify.Attempt.Result;
import io.crashplug.notify.StoredWebhooks.Stored;
import io.crashplug.persistence.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The deliveries that are to be sent now. The caller has the webhook's row locked. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DueDeliveries {

    private static final String DUE = """
            select d.number, d.attempts, d.give_up_at, d.machine_id, d.sequence, e.at, e.type, e.machine_name, e.data
            from webhook_delivery d join machine_event e on e.machine_id = d.machine_id and e.sequence = d.sequence
            where d.webhook_name = ? and d.state = ? and d.next_attempt_at <= ?
            order by d.webhook_name, d.state, d.next_attempt_at limit 1""";

    private final JdbcTemplate database;

    DueDeliveries(JdbcTemplate database) {
        this.database = database;
    }

    /** Takes the one that is due for the longest; first those whose sender is lost. */
    Optional<Attempt> take(Stored of, Instant now, Instant lostAt) {
        var due = due(of, "SENDING", now).or(() -> due(of, "PENDING", now));
        due.ifPresent(attempt -> database.update(
                """
                        update webhook_delivery set state = 'SENDING', attempts = ?, next_attempt_at = ?
                        where webhook_name = ? and number = ?""", attempt.count(), SqlTime.utc(lostAt), of.webhook().name(), attempt.number()));
        return due;
    }

    private Optional<Attempt> due(Stored of, String state, Instant now) {
        return database
                .query(DUE, (row, index) -> attempt(of, row), of.webhook().name(), state, SqlTime.utc(now))
                .stream()
                .findFirst();
    }

    private static Attempt attempt(Stored of, ResultSet row) throws SQLException {
        return new Attempt(
                of.webhook(),
                of.secret(),
                row.getLong("number"),
                row.getInt("attempts") + 1,
                SqlTime.of(row, "give_up_at"),
                StoredFeed.event(row));
    }

    /** Whether a delivery is still that of the attempt, and nobody has taken it over. */
    boolean isOf(Attempt attempt) {
        return !database.queryForList("""
                                select number from webhook_delivery
                                where webhook_name = ? and number = ? and state = 'SENDING' and attempts = ?""", Long.class, attempt.webhook().name(), attempt.number(), attempt.count())
                .isEmpty();
    }

    /** The delivery is tried again. */
    void retry(Attempt attempt, Result result, Instant at) {
        database.update(
                """
                        update webhook_delivery
                        set state = 'PENDING', next_attempt_at = ?, last_status = ?, last_error = ?
                        where webhook_name = ? and number = ?""",
                SqlTime.utc(at),
                result.status(),
                result.error(),
                attempt.webhook().name(),
                attempt.number());
    }
}
