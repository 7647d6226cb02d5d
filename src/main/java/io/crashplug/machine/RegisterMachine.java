package io.crashplug.machine;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.CurrentScope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates, describes and deletes machines. */
@Service
public class RegisterMachine {

    private final Machines machines;
    private final Layouts layouts;
    private final FindMachines find;
    private final ChangeMachine change;
    private final ApplicationEventPublisher events;
    private final CurrentScope scope;
    private final LargestMachine largest;
    private final Clock clock;

    RegisterMachine(
            Machines machines,
            Layouts layouts,
            FindMachines find,
            ChangeMachine change,
            ApplicationEventPublisher events,
            CurrentScope scope,
            LargestMachine largest,
            Clock clock) {
        this.machines = machines;
        this.layouts = layouts;
        this.find = find;
        this.change = change;
        this.events = events;
        this.scope = scope;
        this.largest = largest;
        this.clock = clock;
    }

    /**
     * Creates a machine without a crash image. Whoever is limited to some labels makes machines that have them.
     *
     * @return what {@code view} makes of it
     */
    @Transactional
    public <T> T create(NewMachine given, Function<MachineState, T> view) {
        largest.require(given.layout());
        var facts = given.labelled(requireWithin(scope.get().with(given.labels())));
        var machine = new Machine(facts, Now.of(clock));
        machine.observe(NoImage.findings(facts.crashKernel()), machine.createdAt());
        requireFree(facts.name());
        save(machine);
        layouts.insert(machine.id(), facts.layout().memory());
        machines.flush();
        events.publishEvent(new MachineCreated(machine));
        return view.apply(new MachineState(machine, facts.layout(), null));
    }

    /**
     * Changes how a machine is described.
     *
     * @param changing what changes, given the machine as it is
     * @param isExpected whether the version is the one the client wants to change
     */
    public <T> T describe(
            MachineRef ref,
            Function<Machine, Description> changing,
            LongPredicate isExpected,
            Function<MachineState, T> view) {
        return change.change(ref, machine -> describe(machine, changing, isExpected, view));
    }

    private <T> T describe(
            Machine machine,
            Function<Machine, Description> changing,
            LongPredicate isExpected,
            Function<MachineState, T> view) {
        machine.requireVersion(isExpected);
        var description = changing.apply(machine);
        if (description.name() != null && !description.name().equals(machine.name())) {
            requireFree(description.name());
        }
        var changed = description.changed(machine);
        if (!changed.isEmpty()) {
            var now = Now.of(clock);
            machine.describe(
                    description.name() == null ? machine.name() : description.name(),
                    description.labels() == null ? machine.labels() : requireWithin(description.labels()),
                    description.text() == null ? machine.description() : description.text(),
                    now);
            save(machine);
            events.publishEvent(new MachineDescribed(machine, now, changed));
        }
        return view.apply(find.state(machine));
    }

    /** Deletes a machine; its name is free again, its history stays. */
    public void delete(MachineRef ref, LongPredicate isExpected) {
        change.change(ref, machine -> {
            machine.requireVersion(isExpected);
            var now = Now.of(clock);
            var labels = machine.labels();
            machine.delete(now);
            events.publishEvent(new MachineDeleted(machine, now, labels));
            return machine;
        });
    }

    private Map<String, String> requireWithin(Map<String, String> labels) {
        if (!scope.get().covers(labels)) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "machines of this principal have the labels %s".formatted(scope.get()))
                    .toException();
        }
        return labels;
    }

    private void requireFree(String name) {
        if (machines.findByLiveName(name).isPresent()) {
            throw nameTaken(name);
        }
    }

    private void save(Machine machine) {
        try {
            machines.saveAndFlush(machine);
        } catch (DataIntegrityViolationException e) {
            // Somebody else took the name since it was looked up; the unique column is what decides.
            throw nameTaken(machine.name());
        }
    }

    private static ProblemException nameTaken(String name) {
        return Problem.of(ProblemType.NAME_TAKEN, "a machine is called \"%s\" already".formatted(name))
                .toException();
    }

    /** New values of what describes a machine; null for what stays. */
    public record Description(
            @Nullable String name,
            @Nullable Map<String, String> labels,
            @Nullable String text) {

        /** The members in which the machine has another value, by their names in the API. */
        private List<String> changed(Machine machine) {
            var changed = new ArrayList<String>();
            if (name != null && !name.equals(machine.name())) {
                changed.add("name");
            }
            if (labels != null && !labels.equals(machine.labels())) {
                changed.add("labels");
            }
            if (text != null && !text.equals(machine.description())) {
                changed.add("description");
            }
            return changed;
        }
    }
}
