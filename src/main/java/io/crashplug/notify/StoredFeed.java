package io.crashplug.notify;

import io.crashplug.persistence.SqlTime;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the feed in the order of its places, as far as it is kept. */
@Component
class StoredFeed {

    /** Events that a filter is applied to at a time, and how often for one page while it leaves none of them. */
    private static final int LOOKED_AT = 500;

    private static final int TURNS = 10;

    private final JdbcClient database;
    private final EventLabels labels;

    StoredFeed(JdbcClient database, EventLabels labels) {
        this.database = database;
        this.labels = labels;
    }

    private record Ends(long last, long forgotten) {

        /** The place to read on after, or the one before the oldest event that is kept. */
        long begin(@Nullable Long after) {
            long begin = after == null ? forgotten : after;
            if (begin < forgotten || begin > last) {
                throw Problem.of(
                                ProblemType.EVENTS_GONE,
                                begin < forgotten
                                        ? "events that follow this pageToken are no longer kept"
                                        : "the feed does not reach this pageToken: the database was restored")
                        .toException();
            }
            return begin;
        }
    }

    private record Placed(long position, MachineEvent event) {}

    /** The place before the oldest event that is kept. */
    @Transactional(readOnly = true)
    public long beforeOldest() {
        return ends().forgotten();
    }

    /** The last place of the feed. */
    @Transactional(readOnly = true)
    public long end() {
        return ends().last();
    }

    /**
     * Events behind a place, oldest first.
     *
     * @param after null for the oldest that are kept
     * @param most how many at most
     * @throws io.crashplug.problem.ProblemException events-gone if events behind that place are no longer kept
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public FeedPage read(@Nullable Long after, FeedFilter filter, Scope scope, int most) {
        var ends = ends();
        long next = ends.begin(after);
        var events = List.<MachineEvent>of();
        for (int turn = 0; turn < TURNS && events.isEmpty() && next < ends.last(); turn++) {
            var placed = after(next, filter.isOpen() && scope.isEverything() ? most : LOOKED_AT);
            var seen = seen(placed, filter, scope);
            boolean tooMany = seen.size() > most;
            var shown = tooMany ? seen.subList(0, most) : seen;
            next = last(tooMany ? shown : placed).position();
            events = shown.stream().map(Placed::event).toList();
        }
        return new FeedPage(events, next, next == ends.last());
    }

    private static Placed last(List<Placed> placed) {
        return placed.get(placed.size() - 1);
    }

    private Ends ends() {
        return database.sql("select last_position, forgotten_position from event_feed where id = 1")
                .query((row, number) -> new Ends(row.getLong(1), row.getLong(2)))
                .optional()
                .orElse(new Ends(0, 0));
    }

    /** Places have no gap, so as many as are wanted lie directly behind. */
    private List<Placed> after(long position, int most) {
        return database.sql("""
                        select feed_position, machine_id, sequence, at, type, machine_name, data from machine_event
                        where feed_position > :position and feed_position <= :border order by feed_position""")
                .param("position", position)
                .param("border", position + most)
                .query(StoredFeed::placed)
                .list();
    }

    private static Placed placed(ResultSet row, int number) throws SQLException {
        return new Placed(row.getLong("feed_position"), event(row));
    }

    /** The event of a row. */
    static MachineEvent event(ResultSet row) throws SQLException {
        return new MachineEvent(
                row.getObject("machine_id", UUID.class),
                row.getLong("sequence"),
                SqlTime.of(row, "at"),
                EventType.named(row.getString("type")).orElseThrow(),
                row.getString("machine_name"),
                row.getString("data"));
    }

    /** Those that the reader asks for, of machines that it knows of. */
    private List<Placed> seen(List<Placed> placed, FeedFilter filter, Scope scope) {
        var wanted = placed.stream().filter(one -> filter.admits(one.event())).toList();
        var labelled = new Scope(filter.labels());
        if (scope.isEverything() && labelled.isEverything()) {
            return wanted;
        }
        var of = labels.of(wanted.stream().map(one -> one.event().machineId()).collect(Collectors.toSet()));
        return wanted.stream()
                .filter(one -> {
                    var has = of.getOrDefault(one.event().machineId(), Map.of());
                    return scope.covers(has) && labelled.covers(has);
                })
                .toList();
    }
}
