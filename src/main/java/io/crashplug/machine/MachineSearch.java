package io.crashplug.machine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private static final int MOST_COUNTED = 1000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final MachineIndexes indexes;

    MachineSearch(MachineIndexes indexes) {
        this.indexes = indexes;
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
            var named = indexes.named(names, after);
            if (named != null) {
                return Found.page(indexes.meeting(named, criteria, names), size, null);
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
        for (int lookedAt = 0; lookedAt < MOST_LOOKED_AT; step = Math.min(4 * step, MachineIndexes.MOST_AT_ONCE)) {
            var some = indexes.next(index, from, step);
            found.addAll(
                    index.equals(Criterion.LIVING) && names.isEmpty() ? some : indexes.meeting(some, others, names));
            if (some.size() < step || found.size() > size) {
                return Found.page(found, size, null);
            }
            from = some.get(step - 1);
            lookedAt += step;
        }
        return Found.page(found, size, from);
    }

    /** The criterion that the fewest machines meet, as far as they are counted. */
    private Optional<Criterion> rarest(List<Criterion> criteria, UUID after) {
        var counts = new HashMap<Criterion, Integer>();
        criteria.forEach(criterion -> counts.put(
                criterion, indexes.next(criterion, after, MOST_COUNTED).size()));
        return criteria.stream().min(Comparator.comparing(counts::get));
    }

    private static List<Criterion> without(List<Criterion> criteria, Criterion one) {
        return criteria.stream().filter(criterion -> !criterion.equals(one)).toList();
    }
}
