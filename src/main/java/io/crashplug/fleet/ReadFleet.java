package io.crashplug.fleet;

import io.crashplug.fleet.Fleet.Count;
import io.crashplug.fleet.Fleet.Room;
import io.crashplug.fleet.Fleet.Stale;
import io.crashplug.fleet.Fleet.StaleMachine;
import io.crashplug.machine.Condition;
import io.crashplug.machine.Now;
import io.crashplug.security.CurrentScope;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the database about all machines at once. No layout, image or header is read: what is counted here is stored with
 * each machine by the transaction that changed it.
 */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class ReadFleet {

    /** How many of the machines that are stale the longest are named. */
    public static final int MOST_STALE = 10;

    private final JdbcClient database;
    private final CurrentScope scope;
    private final Clock clock;

    ReadFleet(JdbcClient database, CurrentScope scope, Clock clock) {
        this.database = database;
        this.scope = scope;
        this.clock = clock;
    }

    /**
     * The living machines that have all of the labels.
     *
     * @param leastRoom how many of those with the least room are named
     */
    public Fleet read(Map<String, String> labels, int leastRoom) {
        var chosen = scope.get().narrow(labels).map(Chosen::new).orElse(Chosen.NONE);
        var conditions = conditions(chosen);
        return new Fleet(
                Now.of(clock), machines(chosen), conditions, room(chosen, leastRoom), stale(chosen, conditions));
    }

    private long machines(Chosen chosen) {
        return ask(chosen, "select count(*) from machine m where m.deleted_at is null" + chosen.and("m.id"))
                .query(Long.class)
                .single();
    }

    private List<Count> conditions(Chosen chosen) {
        return ask(chosen, """
                        select c.type, c.status, c.reason, count(*) from machine_condition c where true %s
                        group by c.type, c.status, c.reason order by c.type, c.status, c.reason
                        """.formatted(chosen.and("c.machine_id")))
                .query((row, i) -> new Count(
                        Condition.Type.valueOf(row.getString(1)),
                        Condition.Status.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getLong(4)))
                .list();
    }

    private List<Room> room(Chosen chosen, int most) {
        return ask(chosen, """
                        select m.id, m.name, i.room_phdrs, i.room_memsz_bytes, i.room_elfsz_bytes from crash_image i
                        join machine m on m.id = i.machine_id where i.room_phdrs is not null %s
                        order by i.room_phdrs, i.machine_id limit :most
                        """.formatted(chosen.and("i.machine_id")))
                .param("most", most)
                .query((row, i) -> new Room(
                        row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getLong(4), row.getInt(5)))
                .list();
    }

    private Stale stale(Chosen chosen, List<Count> conditions) {
        var longest = ask(chosen, """
                        select m.id, m.name, c.reason, c.last_transition_time from machine_condition c
                        join machine m on m.id = c.machine_id where c.type = 'HeaderCurrent' and c.status = 'False' %s
                        order by c.type, c.status, c.last_transition_time, c.machine_id limit :most
                        """.formatted(chosen.and("c.machine_id")))
                .param("most", MOST_STALE)
                .query((row, i) -> new StaleMachine(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
        long machines = conditions.stream()
                .filter(count ->
                        count.type() == Condition.Type.HeaderCurrent && count.status() == Condition.Status.False)
                .mapToLong(Count::machines)
                .sum();
        return new Stale(machines, longest);
    }

    private StatementSpec ask(Chosen chosen, String sql) {
        return database.sql(sql).params(chosen.parameters());
    }
}
