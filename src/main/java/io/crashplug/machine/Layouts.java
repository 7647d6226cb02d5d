package io.crashplug.machine;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        return new Layout(machine.cpus(), InstalledMemory.of(ranges(List.of(machine.id()), SystemRamRow::range)));
    }

    /** The layouts of several machines by id, with one query. */
    public Map<UUID, Layout> of(Collection<Machine> machines) {
        var ranges = ranges(machines.stream().map(Machine::id).toList(), row -> row).stream()
                .collect(Collectors.groupingBy(
                        SystemRamRow::machineId, Collectors.mapping(SystemRamRow::range, Collectors.toList())));
        return machines.stream()
                .collect(Collectors.toMap(
                        Machine::id,
                        machine -> new Layout(
                                machine.cpus(), InstalledMemory.of(ranges.getOrDefault(machine.id(), List.of())))));
    }

    private <T> List<T> ranges(Collection<UUID> machines, Function<SystemRamRow, T> view) {
        if (machines.isEmpty()) {
            return List.of();
        }
        var rows = systemRam.of(machines);
        // Rows are values: a changed range is another row, which may have the key of the one read here.
        rows.forEach(entities::detach);
        return rows.stream().map(view).toList();
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
