package io.crashplug.hotplug;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads entries by their numbers. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class NumberedEntries {

    private static final int MOST_AT_ONCE = 100;

    private final EntityManager entities;

    NumberedEntries(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * A machine's entries of these numbers, in their order. Each is looked up in the primary key for itself: told that a
     * number is one of several, a database may read all entries of the machine.
     */
    List<HotplugEvent> of(UUID machine, List<Long> sequences) {
        var entries = new ArrayList<HotplugEvent>();
        for (int from = 0; from < sequences.size(); from += MOST_AT_ONCE) {
            var some = sequences.subList(from, Math.min(from + MOST_AT_ONCE, sequences.size()));
            lookUp(machine, some).forEach(entry -> entries.add((HotplugEvent) entry));
        }
        entries.sort(Comparator.comparingInt(entry -> sequences.indexOf(entry.sequence())));
        return entries;
    }

    private List<?> lookUp(UUID machine, List<Long> sequences) {
        var lookUps = sequences.stream()
                .map("select * from hotplug_event where machine_id = :machine and sequence = %d"::formatted)
                .collect(Collectors.joining(" union all "));
        return entities.createNativeQuery(lookUps, HotplugEvent.class)
                .setParameter("machine", machine)
                .getResultList();
    }
}
