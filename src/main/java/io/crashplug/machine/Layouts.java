package io.crashplug.machine;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads layouts from the database and writes what changed of them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Layouts {

    private static final int ROWS_PER_STATEMENT = 500;

    private final SystemRam systemRam;
    private final EntityManager entities;

    Layouts(SystemRam systemRam, EntityManager entities) {
        this.systemRam = systemRam;
        this.entities = entities;
    }

    public Layout of(Machine machine) {
        return of(List.of(machine)).get(machine.id());
    }

    /** The layouts of several machines, with one query. */
    public Map<UUID, Layout> of(Collection<Machine> machines) {
        var ranges = new LinkedHashMap<UUID, List<InstalledRange>>();
        machines.forEach(machine -> ranges.put(machine.id(), new ArrayList<>()));
        if (!machines.isEmpty()) {
            systemRam.of(ranges.keySet()).forEach(row -> {
                ranges.get(row.machineId()).add(row.range());
                // Rows are values: a changed range is another row, which may have the key of the one read here.
                entities.detach(row);
            });
        }
        var layouts = new LinkedHashMap<UUID, Layout>();
        machines.forEach(machine ->
                layouts.put(machine.id(), new Layout(machine.cpus(), InstalledMemory.of(ranges.get(machine.id())))));
        return layouts;
    }

    /** Writes the memory of a new machine. */
    void insert(UUID machine, InstalledMemory memory) {
        memory.ranges().forEach(range -> entities.persist(new SystemRamRow(machine, range)));
    }

    /** Writes the rows by which {@code after} differs from {@code before}, and no others. */
    public void update(Machine machine, InstalledMemory before, InstalledMemory after) {
        var kept = new HashSet<>(before.ranges());
        kept.retainAll(new HashSet<>(after.ranges()));
        var gone = before.ranges().stream()
                .filter(range -> !kept.contains(range))
                .map(range -> range.range().start())
                .toList();
        for (int from = 0; from < gone.size(); from += ROWS_PER_STATEMENT) {
            systemRam.delete(machine.id(), gone.subList(from, Math.min(from + ROWS_PER_STATEMENT, gone.size())));
        }
        after.ranges().stream()
                .filter(range -> !kept.contains(range))
                .forEach(range -> entities.persist(new SystemRamRow(machine.id(), range)));
    }
}
