package io.crashplug.hotplug;

import jakarta.persistence.EntityManager;
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

    private final EntityManager entities;

    NumberedEntries(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * A machine's entries of these numbers, in their order. Each is looked up in the primary key: told that a number is one of
     * several, H2 reads all entries of the machine.
     */
    List<HotplugEvent> of(UUID machine, List<Long> sequences) {
        if (sequences.isEmpty()) {
            return List.of();
        }
        var numbers = sequences.stream().map("(%d)"::formatted).collect(Collectors.joining(", "));
        List<?> found = entities.createNativeQuery("""
                        select e.* from (values %s) as n(sequence)
                        join hotplug_event e on e.machine_id = :machine and e.sequence = n.sequence""".formatted(numbers), HotplugEvent.class)
                .setParameter("machine", machine)
                .getResultList();
        return found.stream()
                .map(HotplugEvent.class::cast)
                .sorted(Comparator.comparing(event -> sequences.indexOf(event.sequence())))
                .toList();
    }
}
