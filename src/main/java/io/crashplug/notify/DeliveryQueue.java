package io.crashplug.notify;

import io.crashplug.notify.Attempt.Result;
import io.crashplug.persistence.SqlTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The deliveries of a webhook in the order in which they are sent: of each machine one at a time. The caller has the
 * webhook's row locked.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DeliveryQueue {

    private static final int AT_ONCE = 500;

    private static final String PROMOTE = """
            update webhook_delivery set state = 'PENDING'
            where webhook_name = ? and number = (
                select min(q.number) from webhook_delivery q
                where q.webhook_name = ? and q.machine_id = ? and q.state = 'QUEUED')
            and not exists (
                select 1 from webhook_delivery h
                where h.webhook_name = ? and h.machine_id = ? and h.state in ('PENDING', 'SENDING'))""";

    private final JdbcTemplate database;

    DeliveryQueue(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Appends events.
     *
     * @param lastNumber of the deliveries before
     */
    void append(String webhook, long lastNumber, List<EventId> events, Instant now, Instant giveUpAt) {
        var numbered = new ArrayList<Object[]>();
        for (var event : events) {
            numbered.add(new Object[] {
                webhook,
                lastNumber + numbered.size() + 1,
                event.machineId(),
                event.sequence(),
                SqlTime.utc(now),
                SqlTime.utc(now),
                SqlTime.utc(giveUpAt)
            });
        }
        database.batchUpdate("""
                insert into webhook_delivery (webhook_name, number, machine_id, sequence, state, attempts, created_at,
                    next_attempt_at, give_up_at)
                values (?, ?, ?, ?, 'QUEUED', 0, ?, ?, ?)""", numbered);
        promote(webhook, events.stream().map(EventId::machineId).distinct().toList());
    }

    /** The delivery is over, and the next one of its machine may follow. */
    void end(Attempt attempt, Delivery.State state, Result result, Instant now) {
        database.update(
                """
                        update webhook_delivery
                        set state = ?, next_attempt_at = null, completed_at = ?, last_status = ?, last_error = ?
                        where webhook_name = ? and number = ?""",
                state.name(),
                SqlTime.utc(now),
                result.status(),
                result.error(),
                attempt.webhook().name(),
                attempt.number());
        promote(attempt.webhook().name(), List.of(attempt.event().machineId()));
    }

    /** What waits for its next try need not wait longer. */
    void hurry(String webhook, Instant now) {
        database.update("""
                        update webhook_delivery set next_attempt_at = ?
                        where webhook_name = ? and state = 'PENDING' and next_attempt_at > ?""", SqlTime.utc(now), webhook, SqlTime.utc(now));
    }

    /** What waits is tried up to a later time. */
    void extend(String webhook, Instant giveUpAt) {
        database.update("""
                        update webhook_delivery set give_up_at = ?
                        where webhook_name = ? and state in ('QUEUED', 'PENDING') and give_up_at < ?""", SqlTime.utc(giveUpAt), webhook, SqlTime.utc(giveUpAt));
    }

    /** Ends what waits, or was lost on its way, though its time is over; how many were. */
    int giveUp(String webhook, Instant now) {
        int given = database.update("""
                        update webhook_delivery set state = 'DEAD', next_attempt_at = null, completed_at = ?,
                            last_error = coalesce(last_error, 'others of the machine before it were not delivered')
                        where webhook_name = ? and give_up_at <= ? and (
                            state in ('QUEUED', 'PENDING') or (state = 'SENDING' and next_attempt_at <= ?))""", SqlTime.utc(now), webhook, SqlTime.utc(now), SqlTime.utc(now));
        promote(webhook, database.query("""
                                select distinct machine_id from webhook_delivery
                                where webhook_name = ? and state = 'QUEUED'""", (row, index) -> row.getObject("machine_id", UUID.class), webhook));
        return given;
    }

    private void promote(String webhook, Collection<UUID> machines) {
        database.batchUpdate(PROMOTE, machines, AT_ONCE, (row, machine) -> {
            row.setString(1, webhook);
            row.setString(2, webhook);
            row.setObject(3, machine);
            row.setString(4, webhook);
            row.setObject(5, machine);
        });
    }
}
