package io.crashplug.machine;

import io.crashplug.security.CurrentScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds machines, to read them. A read is of one moment: what it takes from several tables belongs together, whatever
 * is committed meanwhile.
 */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class FindMachines {

    private final Machines machines;
    private final MachineIds ids;
    private final MachineSearch search;
    private final Layouts layouts;
    private final CrashImageSummaries images;
    private final CurrentScope scope;

    FindMachines(
            Machines machines,
            MachineIds ids,
            MachineSearch search,
            Layouts layouts,
            CrashImageSummaries images,
            CurrentScope scope) {
        this.machines = machines;
        this.ids = ids;
        this.search = search;
        this.layouts = layouts;
        this.images = images;
        this.scope = scope;
    }

    /** What {@code view} makes of the machine; it runs inside the transaction. */
    public <T> T read(MachineRef ref, Function<MachineState, T> view) {
        return view.apply(state(living(ref)));
    }

    /**
     * Some of a list of machines.
     *
     * @param next the machine that the next page continues after; null if this is the last
     */
    public record Listed<T>(List<T> items, @Nullable UUID next) {}

    /**
     * What {@code view} makes of the machines that match, in the order they were created.
     *
     * @param after the machine to continue after, null for the first page
     * @param size how many machines at most; there may be fewer on a page that is not the last, even none
     */
    public <T> Listed<T> list(MachineFilter filter, @Nullable UUID after, int size, Function<MachineState, T> view) {
        var seen = filter.within(scope.get());
        if (seen.isEmpty()) {
            return new Listed<>(List.of(), null);
        }
        var page = search.find(seen.get(), after, size);
        var found = page.ids().isEmpty() ? List.<Machine>of() : machines.of(page.ids());
        var byId = layouts.of(found);
        var summaries = images.of(page.ids());
        var items = found.stream()
                .map(machine -> view.apply(new MachineState(
                        machine, Objects.requireNonNull(byId.get(machine.id())), summaries.get(machine.id()))))
                .toList();
        return new Listed<>(items, page.next());
    }

    /** The machine, which must live. */
    public Machine living(MachineRef ref) {
        return known(ref).filter(machine -> !machine.isDeleted()).orElseThrow(ref::unknown);
    }

    /** The machine, which may have been deleted if it is named by its id. */
    public Machine everKnown(MachineRef ref) {
        return known(ref).orElseThrow(ref::unknown);
    }

    private Optional<Machine> known(MachineRef ref) {
        Optional<Machine> found = Optional.empty();
        if (ref.isId()) {
            found = machines.findById(ref.id());
        } else if (ref.isName()) {
            found = machines.findByLiveName(ref.text());
        }
        return found.filter(machine -> machine.isWithin(scope.get()));
    }

    /**
     * The id of the machine, which may have been deleted if it is named by its id; no more of it is read than needed. For
     * who is limited to labels, an id is taken as it is, whether or not there is such a machine: the caller must show
     * nothing of machines that are outside of them.
     */
    public UUID idOf(MachineRef ref) {
        if (scope.get().isEverything()) {
            return (ref.isId() ? machines.known(ref.id()) : ids.of(ref)).orElseThrow(ref::unknown);
        }
        return ref.isId() ? ref.id() : everKnown(ref).id();
    }

    /** The machines of these ids, deleted ones too, with their layouts. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<Machine, Layout> everKnown(Collection<UUID> ids) {
        var found = machines.of(ids);
        var byId = layouts.of(found);
        return found.stream()
                .collect(Collectors.toMap(
                        machine -> machine, machine -> Objects.requireNonNull(byId.get(machine.id()))));
    }

    /** What belongs to a machine that was found before, in the same transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public MachineState state(Machine machine) {
        var layout = layouts.of(machine);
        return new MachineState(
                machine, layout, images.of(List.of(machine.id())).get(machine.id()));
    }
}
