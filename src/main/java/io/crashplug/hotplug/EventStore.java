package io.crashplug.hotplug;

import io.crashplug.persistence.SqlTime;
import io.crashplug.security.Caller;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Appends entries to histories, each with one statement, which numbers it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EventStore {

    /** The newest number is read from the end of the primary key. */
    private static final String INSERT = """
            insert into hotplug_event (
                sequence, machine_id, at, actor, request_id, reason, changes, actions, outcome, detail, problem_type,
                generation_before, generation_after, header_revision, elfsz_bytes, memsz_bytes, phdr_count,
                changed_bytes, sha256_before, sha256_after, duration_micros)
            values (
                1 + coalesce((select e.sequence from hotplug_event e where e.machine_id = ?
                    order by e.machine_id desc, e.sequence desc fetch first 1 rows only), 0),
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String[] NUMBERED = {"sequence"};

    private final JdbcTemplate database;

    EventStore(JdbcTemplate database) {
        this.database = database;
    }

    /** Appends an entry; the caller holds the machine's row, so numbers have no gap and no twin. */
    HotplugEvent append(UUID machine, Instant at, Caller caller, Entry entry, Duration duration) {
        var sequence = new GeneratedKeyHolder();
        database.update(
                connection -> {
                    var row = connection.prepareStatement(INSERT, NUMBERED);
                    row.setObject(1, machine);
                    row.setObject(2, machine);
                    row.setObject(3, SqlTime.utc(at));
                    row.setString(4, caller.actor());
                    row.setString(5, caller.requestId());
                    row.setLong(21, duration.toNanos() / 1000);
                    set(row, entry);
                    set(row, entry.header());
                    return row;
                },
                sequence);
        return new HotplugEvent(
                machine, Objects.requireNonNull(sequence.getKey()).longValue(), at, caller, entry, duration);
    }

    private static void set(PreparedStatement row, Entry entry) throws SQLException {
        var problem = entry.problemType();
        row.setString(6, entry.reason());
        row.setString(7, entry.changes());
        row.setString(8, entry.actions());
        row.setString(9, entry.outcome().name());
        row.setString(10, entry.detail());
        row.setString(11, problem == null ? null : problem.name());
        row.setLong(12, entry.generationBefore());
        row.setLong(13, entry.generationAfter());
    }

    private static void set(PreparedStatement row, @Nullable HeaderChange header) throws SQLException {
        row.setObject(14, header == null ? null : header.revision(), Types.BIGINT);
        row.setObject(15, header == null ? null : header.elfszBytes(), Types.INTEGER);
        row.setObject(16, header == null ? null : header.memszBytes(), Types.BIGINT);
        row.setObject(17, header == null ? null : header.phdrCount(), Types.INTEGER);
        row.setObject(18, header == null ? null : header.changedBytes(), Types.INTEGER);
        row.setString(19, header == null ? null : header.sha256Before());
        row.setString(20, header == null ? null : header.sha256After());
    }
}
