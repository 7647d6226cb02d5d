package io.crashplug.hotplug;

import io.crashplug.persistence.SqlTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final JdbcClient database;
    private final KindsOfEntries kinds;

    HistorySearch(JdbcClient database, KindsOfEntries kinds) {
        this.database = database;
        this.kinds = kinds;
    }

    /**
     * Numbers of entries that the filter shows, in its order.
     *
     * @param after the last number of the page before, null for the first page
     * @param most how many at most
     */
    List<Long> find(UUID machine, HistoryFilter filter, @Nullable Long after, int most) {
        var from = after == null ? Optional.<PlaceInHistory>empty() : place(machine, after);
        if (after != null && from.isEmpty()) {
            return List.of();
        }
        var shown =
                kinds.of(machine, filter.actor()).stream().filter(filter::shows).toList();
        Stream<PlaceInHistory> found = Stream.of();
        for (int i = 0; i < shown.size(); i += KINDS_AT_ONCE) {
            var some = shown.subList(i, Math.min(i + KINDS_AT_ONCE, shown.size()));
            found = Stream.concat(found, places(machine, some, filter, from.orElse(null), most).stream());
        }
        return found.sorted(filter.ascending() ? PlaceInHistory.OLDEST_FIRST : PlaceInHistory.OLDEST_FIRST.reversed())
                .limit(most)
                .map(PlaceInHistory::sequence)
                .toList();
    }

    /** Asks for the id of the request too: no index has it, else H2 might walk one of them instead of the key. */
    private Optional<PlaceInHistory> place(UUID machine, long sequence) {
        return database.sql("""
                        select at, sequence, request_id from hotplug_event
                        where machine_id = :machine and sequence = :sequence""")
                .param("machine", machine)
                .param("sequence", sequence)
                .query(PlaceInHistory::of)
                .optional();
    }

    /** Where the first entries of each of the kinds are. */
    private List<PlaceInHistory> places(
            UUID machine, List<KindOfEntry> kinds, HistoryFilter filter, @Nullable PlaceInHistory after, int most) {
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
                .query(PlaceInHistory::of)
                .list();
    }

    private static String when(HistoryFilter filter, @Nullable PlaceInHistory after, Map<String, Object> parameters) {
        var when = new StringBuilder();
        if (filter.since() != null) {
            when.append(" and at >= :since");
            parameters.put("since", SqlTime.utc(filter.since()));
        }
        if (filter.until() != null) {
            when.append(" and at < :until");
            parameters.put("until", SqlTime.utc(filter.until()));
        }
        if (after != null) {
            when.append(" and at %1$s= :after and (at %1$s :after or sequence %1$s :number)"
                    .formatted(filter.ascending() ? ">" : "<"));
            parameters.put("after", SqlTime.utc(after.at()));
            parameters.put("number", after.sequence());
        }
        return when.toString();
    }
}
