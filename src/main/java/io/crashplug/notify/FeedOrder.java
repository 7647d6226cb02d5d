package io.crashplug.notify;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives committed events their places in the feed. An event is seen here only once its transaction is committed, and
 * the transactions of one machine follow each other, so that the feed has the order of commits without that a commit
 * waits for another one. Several processes take turns by the lock on the feed's row.
 */
@Component
class FeedOrder {

    private static final int AT_ONCE = 1_000;

    private final JdbcTemplate database;

    FeedOrder(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * What a turn did.
     *
     * @param last the last place that is given
     * @param more whether events are left that have none
     */
    record Turn(long last, boolean more) {}

    private record Waiting(UUID machineId, long sequence) {}

    /** Since when the event that has waited the longest has no place; empty if all have one. */
    @Transactional(readOnly = true)
    public Optional<Instant> waitingSince() {
        return Optional.ofNullable(database.queryForObject(
                        "select min(at) from machine_event where feed_position is null", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /** The last place that is given, if no event waits for one; empty if any does. */
    @Transactional(readOnly = true)
    public Optional<Long> end() {
        if (!waiting(1).isEmpty()) {
            return Optional.empty();
        }
        var last = last("");
        return Optional.of(last == null ? 0 : last);
    }

    /** Gives places to some of the events that have none. */
    @Transactional
    public Turn give() {
        long before = lock();
        var events = waiting(AT_ONCE);
        place(events, before);
        long next = before + events.size();
        database.update("update event_feed set last_position = ? where id = 1", next);
        return new Turn(next, events.size() == AT_ONCE);
    }

    private List<Waiting> waiting(int most) {
        return database.query(
                """
                        select machine_id, sequence from machine_event where feed_position is null
                        order by feed_position, machine_id, sequence fetch first %d rows only""".formatted(most),
                (row, number) -> new Waiting(row.getObject("machine_id", UUID.class), row.getLong("sequence")));
    }

    private long lock() {
        var last = last(" for update");
        if (last != null) {
            return last;
        }
        database.update("insert into event_feed (id, last_position, forgotten_position) values (1, 0, 0)");
        return 0;
    }

    private @Nullable Long last(String andLock) {
        return database
                .query("select last_position from event_feed where id = 1" + andLock, (row, number) -> row.getLong(1))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private void place(List<Waiting> events, long before) {
        database.batchUpdate(
                "update machine_event set feed_position = ? where machine_id = ? and sequence = ?",
                new BatchPreparedStatementSetter() {
                    @Override
                    public void setValues(PreparedStatement row, int index) throws SQLException {
                        row.setLong(1, before + 1 + index);
                        row.setObject(2, events.get(index).machineId());
                        row.setLong(3, events.get(index).sequence());
                    }

                    @Override
                    public int getBatchSize() {
                        return events.size();
                    }
                });
    }
}
