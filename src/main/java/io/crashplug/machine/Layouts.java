package io.crashplug.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads layouts from the database and writes what changed of them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Layouts {

    private final SystemRam systemRam;

    Layouts(SystemRam systemRam) {
        this.systemRam = systemRam;
    }

    public Layout of(Machine machine) {
        return new Layout(machine.cpus(), InstalledMemory.of(systemRam.of(machine.id())));
    }

    /** The layouts of several machines by id, with one query. */
    public Map<UUID, Layout> of(Collection<Machine> machines) {
        if (machines.isEmpty()) {
            return Map.of();
        }
        var ranges = systemRam.of(machines.stream().map(Machine::id).toList());
        return machines.stream()
                .collect(Collectors.toMap(
                        Machine::id,
                        machine -> new Layout(
                                machine.cpus(), InstalledMemory.of(ranges.getOrDefault(machine.id(), List.of())))));
    }

    /** Writes the memory of a new machine. */
    void insert(UUID machine, InstalledMemory memory) {
        systemRam.insert(machine, memory.ranges());
    }

    /** Writes the rows by which {@code after} differs from {@code before}, and no others. */
    public void update(Machine machine, InstalledMemory before, InstalledMemory after) {
        var gone = new ArrayList<InstalledRange>();
        var added = new ArrayList<InstalledRange>();
        int next = 0;
        for (var is : after.ranges()) {
            while (next < before.ranges().size() && start(before.ranges().get(next)) < start(is)) {
                gone.add(before.ranges().get(next++));
            }
            if (next == before.ranges().size() || start(before.ranges().get(next)) > start(is)) {
                added.add(is);
                continue;
            }
            var was = before.ranges().get(next++);
            if (!was.equals(is)) {
                gone.add(was);
                added.add(is);
            }
        }
        gone.addAll(before.ranges().subList(next, before.ranges().size()));
        systemRam.delete(machine.id(), gone);
        systemRam.insert(machine.id(), added);
    }

    private static long start(InstalledRange range) {
        return range.range().start();
    }
}
