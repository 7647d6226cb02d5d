package io.crashplug.hotplug;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the entries of a page that a filter narrows, however long the history. A history has few kinds of entries: so
 * many actors, outcomes and sets of actions as there are. One index has the entries of each kind by their time; the page
 * is merged from the kinds that the filter shows.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class HistorySearch {

    private static final int KINDS_AT_ONCE = 50;

    private static final String KINDS = "select %d as step, actor, outcome, actions from hotplug_event"
            + " where machine_id = :machine and %s order by machine_id, actor, outcome, actions fetch first 1 rows only";

    private final JdbcClient database;

    HistorySearch(JdbcClient database) {
        this.database = database;
    }

    /** What entries of one kind have in common. */
    record KindOfEntry(String actor, Outcome outcome, String actions) {

        private static KindOfEntry of(ResultSet row, int number) throws SQLException {
            return new KindOfEntry(
                    row.getString("actor"), Outcome.valueOf(row.getString("outcome")), row.getString("actions"));
        }
    }

    /** When an entry was made, which is how a filtered page goes; in the same microsecond its number. */
    private record Place(Instant at, long sequence) {

        private static final Comparator<Place> OLDEST_FIRST =
                Comparator.comparing(Place::at).thenComparing(Place::sequence);

        private static Place of(ResultSet row, int number) throws SQLException {
            return new Place(row.getObject("at", OffsetDateTime.class).toInstant(), row.getLong("sequence"));
        }
    }

    /**
     * Numbers of entries that the filter shows, in its order.
     *
     * @param after the last number of the page before, null for the first page
     * @param most how many at most
     */
    List<Long> find(UUID machine, HistoryFilter filter, @Nullable Long after, int most) {
        var from = after == null ? Optional.<Place>empty() : place(machine, after);
        if (after != null && from.isEmpty()) {
            return List.of();
        }
        var kinds =
                kinds(machine, filter.actor()).stream().filter(filter::shows).toList();
        Stream<Place> found = Stream.of();
        for (int i = 0; i < kinds.size(); i += KINDS_AT_ONCE) {
            var some = kinds.subList(i, Math.min(i + KINDS_AT_ONCE, kinds.size()));
            found = Stream.concat(found, places(machine, some, filter, from.orElse(null), most).stream());
        }
        return found.sorted(filter.ascending() ? Place.OLDEST_FIRST : Place.OLDEST_FIRST.reversed())
                .limit(most)
                .map(Place::sequence)
                .toList();
    }

    private Optional<Place> place(UUID machine, long sequence) {
        return database.sql(
                        "select at, sequence from hotplug_event where machine_id = :machine and sequence = :sequence")
                .param("machine", machine)
                .param("sequence", sequence)
                .query(Place::of)
                .optional();
    }

    /** The kinds of entries that a history has, each looked for behind the one before. */
    private List<KindOfEntry> kinds(UUID machine, @Nullable String actor) {
        var kinds = new ArrayList<KindOfEntry>();
        var first = database.sql(KINDS.formatted(0, actor == null ? "true" : "actor = :actor"))
                .param("machine", machine);
        var next = (actor == null ? first : first.param("actor", actor))
                .query(KindOfEntry::of)
                .optional();
        while (next.isPresent()) {
            kinds.add(next.get());
            next = behind(machine, next.get(), actor == null);
        }
        return kinds;
    }

    private Optional<KindOfEntry> behind(UUID machine, KindOfEntry kind, boolean otherActors) {
        var steps = Stream.of(
                        "actor = :actor and outcome = :outcome and actions >= :nextActions",
                        "actor = :actor and outcome >= :nextOutcome",
                        "actor >= :nextActor")
                .limit(otherActors ? 3 : 2)
                .toList();
        var sql = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            sql.add("(%s)".formatted(KINDS.formatted(i, steps.get(i))));
        }
        return database.sql(String.join(" union all ", sql) + " order by step fetch first 1 rows only")
                .param("machine", machine)
                .param("actor", kind.actor())
                .param("outcome", kind.outcome().name())
                .param("nextActions", next(kind.actions()))
                .param("nextOutcome", next(kind.outcome().name()))
                .param("nextActor", next(kind.actor()))
                .query(KindOfEntry::of)
                .optional();
    }

    /** The text that comes next in the order of bytes: to look for "more than" H2 would read all that is equal. */
    private static String next(String text) {
        return text + '\u0001';
    }

    /** Where the first entries of each of the kinds are. */
    private List<Place> places(
            UUID machine, List<KindOfEntry> kinds, HistoryFilter filter, @Nullable Place after, int most) {
        var parameters = new HashMap<String, Object>();
        parameters.put("machine", machine);
        var when = when(filter, after, parameters);
        var direction = filter.ascending() ? "asc" : "desc";
        var parts = new ArrayList<String>();
        for (int i = 0; i < kinds.size(); i++) {
            parameters.put("actor" + i, kinds.get(i).actor());
            parameters.put("outcome" + i, kinds.get(i).outcome().name());
            parameters.put("actions" + i, kinds.get(i).actions());
            parts.add(("(select at, sequence from hotplug_event where machine_id = :machine and actor = :actor%1$d"
                            + " and outcome = :outcome%1$d and actions = :actions%1$d%2$s"
                            + " order by machine_id %3$s, actor %3$s, outcome %3$s, actions %3$s, at %3$s, sequence %3$s"
                            + " fetch first %4$d rows only)")
                    .formatted(i, when, direction, most));
        }
        return database.sql(String.join(" union all ", parts))
                .params(parameters)
                .query(Place::of)
                .list();
    }

    private static String when(HistoryFilter filter, @Nullable Place after, HashMap<String, Object> parameters) {
        var when = new StringBuilder();
        if (filter.since() != null) {
            when.append(" and at >= :since");
            parameters.put("since", filter.since().atOffset(ZoneOffset.UTC));
        }
        if (filter.until() != null) {
            when.append(" and at < :until");
            parameters.put("until", filter.until().atOffset(ZoneOffset.UTC));
        }
        if (after != null) {
            when.append(" and at %1$s= :after and (at %1$s :after or sequence %1$s :number)"
                    .formatted(filter.ascending() ? ">" : "<"));
            parameters.put("after", after.at().atOffset(ZoneOffset.UTC));
            parameters.put("number", after.sequence());
        }
        return when.toString();
    }
}
