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

/**
 * Finds the machines of a page, however large the fleet: walks along the index of the criterion that the fewest machines
 * meet, and looks the others up machine by machine. Where very few of very many meet all, it stops before the page is
 * full and says where to go on.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MachineSearch {

    /** How many machines are looked at for one page, but for the last step. */
    static final int MOST_LOOKED_AT = 10_000;

    /** Of the machines with a name that begins so, up to this number are sorted by age. */
    static final int MOST_BY_NAME = 1000;

    private static final int MOST_COUNTED = 1000;
    private static final int MOST_AT_ONCE = 501;
    private static final String NAMED = "m.live_name >= :nameFrom and m.live_name < :nameBefore";
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient database;

    MachineSearch(JdbcClient database) {
        this.database = database;
    }

    /**
     * Machines of a page.
     *
     * @param next the machine that the next page continues after; null if this is the last
     */
    record Found(List<UUID> ids, @Nullable UUID next) {

        /** The page of {@code size} machines that begins with {@code ids}, of which one more than fits may be known. */
        private static Found page(List<UUID> ids, int size, @Nullable UUID lookedAt) {
            return ids.size() <= size
                    ? new Found(ids, lookedAt)
                    : new Found(List.copyOf(ids.subList(0, size)), ids.get(size - 1));
        }
    }

    /** Living machines that match, in the order they were created, after one of them. */
    Found find(MachineFilter filter, @Nullable UUID last, int size) {
        var after = last == null ? BEFORE_ALL : last;
        var criteria = filter.criteria();
        var names = filter.nameBounds();
        if (!names.isEmpty()) {
            var named = named(names, after);
            if (named != null) {
                return Found.page(meeting(named, criteria, names), size, null);
            }
        }
        var walked = criteria.size() < 2 ? criteria.stream().findFirst() : rarest(criteria, after);
        return walked.map(index -> walk(index, without(criteria, index), names, after, size))
                .orElseGet(() -> walk(Criterion.LIVING, List.of(), names, after, size));
    }

    private Found walk(Criterion index, List<Criterion> others, Map<String, Object> names, UUID after, int size) {
        var found = new ArrayList<UUID>();
        var from = after;
        int step = size + 1;
        for (int lookedAt = 0; lookedAt < MOST_LOOKED_AT; step = Math.min(4 * step, MOST_AT_ONCE)) {
            var some = next(index, from, step);
            found.addAll(index == Criterion.LIVING && names.isEmpty() ? some : meeting(some, others, names));
            if (some.size() < step || found.size() > size) {
                return Found.page(found, size, null);
            }
            from = some.get(step - 1);
            lookedAt += step;
        }
        return Found.page(found, size, from);
    }

    private List<UUID> next(Criterion index, UUID after, int most) {
        return database.sql("select %s from %s where %s and %s > :after order by %s fetch first %d rows only"
                        .formatted(index.id(), index.table(), index.condition(), index.id(), index.order(), most))
                .params(index.parameters())
                .param("after", after)
                .query(UUID.class)
                .list();
    }

    /** The machines with such a name; null if they are many. */
    private @Nullable List<UUID> named(Map<String, Object> names, UUID after) {
        var named = database.sql("select m.id from machine m where %s fetch first %d rows only"
                        .formatted(NAMED, MOST_BY_NAME + 1))
                .params(names)
                .query(UUID.class)
                .list();
        return named.size() > MOST_BY_NAME ? null : behind(after, named);
    }

    private List<UUID> behind(UUID after, List<UUID> ids) {
        return ids.stream()
                .filter(id -> ORDER.compare(id, after) > 0)
                .sorted(ORDER)
                .toList();
    }

    /** As databases order ids. */
    private static final Comparator<UUID> ORDER = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };

    /** Those of some machines that live and meet all. */
    private List<UUID> meeting(List<UUID> ids, List<Criterion> criteria, Map<String, Object> names) {
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
                    .query(UUID.class)
                    .list());
        }
        return found;
    }

    /** The criterion that the fewest machines meet, as far as they are counted. */
    private java.util.Optional<Criterion> rarest(List<Criterion> criteria, UUID after) {
        var counts = new HashMap<Criterion, Integer>();
        criteria.forEach(criterion ->
                counts.put(criterion, next(criterion, after, MOST_COUNTED).size()));
        return criteria.stream().min(Comparator.comparing(counts::get));
    }

    private static List<Criterion> without(List<Criterion> criteria, Criterion one) {
        return criteria.stream().filter(criterion -> criterion != one).toList();
    }
}
