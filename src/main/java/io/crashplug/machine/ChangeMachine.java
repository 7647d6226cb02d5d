package io.crashplug.machine;

import io.crashplug.security.CurrentScope;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The transaction of every change of a machine that exists: it holds the machine's row until it ends. */
@Component
public class ChangeMachine {

    private final LockedMachines machines;
    private final MachineIds ids;
    private final Turns turns;
    private final CurrentScope scope;
    private final TransactionTemplate transaction;

    ChangeMachine(
            LockedMachines machines,
            MachineIds ids,
            Turns turns,
            CurrentScope scope,
            PlatformTransactionManager transactions) {
        this.machines = machines;
        this.ids = ids;
        this.turns = turns;
        this.scope = scope;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What {@code change} makes of the machine, kept unless it throws.
     *
     * @throws io.crashplug.problem.ProblemException not-found if no machine is called so
     * @throws org.springframework.dao.PessimisticLockingFailureException if another change of it does not end in time
     */
    public <T> T change(MachineRef ref, Function<Machine, T> change) {
        var id = id(ref);
        return turns.await(id, () -> transaction.execute(status -> change.apply(locked(id, ref))));
    }

    /** As {@link #change}, but nothing is kept. */
    public <T> T tryOut(MachineRef ref, Function<Machine, T> change) {
        var id = id(ref);
        return turns.await(
                id,
                () -> transaction.execute(status -> {
                    status.setRollbackOnly();
                    return change.apply(locked(id, ref));
                }));
    }

    /** What {@code work} returns when it is the machine's turn; at once if there is no such machine. */
    public <T> T inTurn(MachineRef ref, Supplier<T> work) {
        var id = ref.isId() ? Optional.of(ref.id()) : ids.of(ref);
        return id.isPresent() ? turns.await(id.get(), work) : work.get();
    }

    private UUID id(MachineRef ref) {
        return ref.isId() ? ref.id() : ids.of(ref).orElseThrow(ref::unknown);
    }

    /** The machine may have been renamed or deleted while this change waited for it. */
    private Machine locked(UUID id, MachineRef ref) {
        return machines.findById(id)
                .filter(machine -> !machine.isDeleted())
                .filter(machine -> ref.isId() || machine.name().equals(ref.text()))
                .filter(machine -> machine.isWithin(scope.get()))
                .orElseThrow(ref::unknown);
    }
}
