package io.crashplug.notify;

import io.crashplug.persistence.SqlTime;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Appends events to those of their machines; what is appended has no place in the feed yet. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WrittenEvents {

    private static final int AT_ONCE = 100;

    /** The newest event of a machine is never forgotten, so numbers continue. */
    private static final String INSERT = """
            insert into machine_event (sequence, machine_id, at, type, machine_name, data)
            values (
                1 + coalesce((select e.sequence from machine_event e where e.machine_id = ?
                    order by e.machine_id desc, e.sequence desc fetch first 1 rows only), 0),
                ?, ?, ?, ?, ?)""";

    private final JdbcTemplate database;

    WrittenEvents(JdbcTemplate database) {
        this.database = database;
    }

    /** An event that has no number yet. */
    record Unnumbered(UUID machineId, Instant at, EventType type, String machineName, String data) {}

    /** Appends them in their order; the caller holds the machines' rows, so numbers have no gap and no twin. */
    void append(List<Unnumbered> events) {
        database.batchUpdate(INSERT, events, AT_ONCE, WrittenEvents::set);
    }

    private static void set(PreparedStatement row, Unnumbered event) throws SQLException {
        row.setObject(1, event.machineId());
        row.setObject(2, event.machineId());
        row.setObject(3, SqlTime.utc(event.at()));
        row.setString(4, event.type().publishedName());
        row.setString(5, event.machineName());
        row.setString(6, event.data());
    }
}
