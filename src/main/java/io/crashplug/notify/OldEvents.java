package io.crashplug.notify;

import io.crashplug.persistence.SqlTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the oldest events away. The newest one of each machine stays, unseen, so that its numbers continue. */
@Component
class OldEvents {

    private static final int AT_ONCE = 1_000;

    private final JdbcTemplate database;

    OldEvents(JdbcTemplate database) {
        this.database = database;
    }

    private record Old(long position, UUID machineId, long sequence, Instant at) {}

    /** Forgets some of the events that happened before a time; whether there may be more. */
    @Transactional
    public boolean forget(Instant since) {
        var oldest = oldest();
        int old = 0;
        while (old < oldest.size() && oldest.get(old).at().isBefore(since)) {
            old++;
        }
        if (old == 0) {
            return false;
        }
        deleteBefore(oldest.subList(0, old));
        database.update(
                "update event_feed set forgotten_position = ? where id = 1",
                oldest.get(old - 1).position());
        return old == AT_ONCE;
    }

    private List<Old> oldest() {
        var forgotten =
                database.queryForList("select forgotten_position from event_feed where id = 1 for update", Long.class);
        return forgotten.isEmpty()
                ? List.of()
                : database.query(
                        """
                                select feed_position, machine_id, sequence, at from machine_event
                                where feed_position > ? order by feed_position fetch first %d rows only""".formatted(AT_ONCE),
                        (row, number) -> new Old(
                                row.getLong("feed_position"),
                                row.getObject("machine_id", UUID.class),
                                row.getLong("sequence"),
                                SqlTime.of(row, "at")),
                        forgotten.get(0));
    }

    /** Of each machine all but the newest of these, also what earlier turns left. */
    private void deleteBefore(List<Old> events) {
        var newest = new HashMap<UUID, Long>();
        events.forEach(event -> newest.merge(event.machineId(), event.sequence(), Math::max));
        database.batchUpdate(
                "delete from machine_event where machine_id = ? and sequence < ?",
                List.copyOf(newest.entrySet()),
                AT_ONCE,
                (row, of) -> {
                    row.setObject(1, of.getKey());
                    row.setLong(2, of.getValue());
                });
    }
}
