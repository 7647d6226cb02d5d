package io.crashplug.machine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Looks machines up in the indexes that lists walk along. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MachineIndexes {

    /** How many machines are looked up with one query: a page of the largest size, and one more. */
    static final int MOST_AT_ONCE = 501;

    /** Of the machines with a name that begins so, up to this number are sorted by age. */
    private static final int MOST_BY_NAME = 1000;

    /** Asked of machines that are known by their ids: as a plain condition it may be looked for in the index of names. */
    private static final String NAMED =
            "case when m.live_name >= :nameFrom and m.live_name < :nameBefore then 1 else 0 end = 1";

    /** As databases order ids. */
    private static final Comparator<UUID> ORDER = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };

    private final JdbcClient database;

    MachineIndexes(JdbcClient database) {
        this.database = database;
    }

    /** Machines that meet the criterion, in the order they were created, after one of them. */
    List<UUID> next(Criterion index, UUID after, int most) {
        return database.sql("select %s from %s where %s and %s > :after order by %s fetch first %d rows only"
                        .formatted(index.id(), index.table(), index.condition(), index.id(), index.order(), most))
                .params(index.parameters())
                .param("after", after)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private record Named(UUID id, boolean asLookedFor) {}

    /**
     * The machines with such a name; null if they are many. Where names end is a column, not a condition: a plan for any
     * range of names takes it to be small, and sorts all that is in it.
     */
    @Nullable
    List<UUID> named(Map<String, Object> names, UUID after) {
        var named = database.sql("""
                        select m.id, m.live_name < :nameBefore from machine m where m.live_name >= :nameFrom
                        order by m.live_name fetch first %d rows only""".formatted(MOST_BY_NAME + 1))
                .params(names)
                .query((row, number) -> new Named(row.getObject(1, UUID.class), row.getBoolean(2)))
                .list();
        var found = named.stream().takeWhile(Named::asLookedFor).map(Named::id).toList();
        return found.size() > MOST_BY_NAME ? null : behind(after, found);
    }

    private static List<UUID> behind(UUID after, List<UUID> ids) {
        return ids.stream()
                .filter(id -> ORDER.compare(id, after) > 0)
                .sorted(ORDER)
                .toList();
    }

    /** Those of some machines that live and meet all. */
    List<UUID> meeting(List<UUID> ids, List<Criterion> criteria, Map<String, Object> names) {
        var found = new ArrayList<UUID>();
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
            var some = ids.subList(from, Math.min(from + MOST_AT_ONCE, ids.size()));
            var sql = new StringBuilder("select m.id from machine m where m.id in (:ids) and m.deleted_at is null");
            var parameters = new HashMap<String, Object>(names);
            parameters.put("ids", some);
            if (!names.isEmpty()) {
                sql.append(" and ").append(NAMED);
            }
            for (var criterion : criteria) {
                sql.append(" and ").append(criterion.ofMachine());
                parameters.putAll(criterion.parameters());
            }
            found.addAll(database.sql(sql.append(" order by m.id").toString())
                    .params(parameters)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list());
        }
        return found;
    }
}
