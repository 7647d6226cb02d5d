package io.crashplug.storecheck;

import io.crashplug.machine.FindMachines;
import io.crashplug.machine.MachineRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks what is stored, machine by machine, and repairs nothing. A machine is read as it was at one moment, so that
 * changes meanwhile are no findings.
 */
@Service
public class StoreChecks {

    /** Machines that are read in one transaction. */
    private static final int TOGETHER = 50;

    /** A day: a long history takes its time, and how many run at once is limited. */
    private static final int TIMEOUT_SECONDS = 86_400;

    private final StoredMachines stored;
    private final CheckMachines check;
    private final FindMachines find;
    private final TransactionTemplate transaction;

    StoreChecks(
            StoredMachines stored, CheckMachines check, FindMachines find, PlatformTransactionManager transactions) {
        this.stored = stored;
        this.check = check;
        this.find = find;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setTimeout(TIMEOUT_SECONDS);
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * What was checked.
     *
     * @param last the machine to continue after; null if there is none after these
     */
    public record Checked(
            List<Finding> findings, int machines, @Nullable UUID last) {}

    /** How many machines there are to be checked. */
    public long machines() {
        return stored.count();
    }

    /**
     * Checks machines in a fixed order, deleted ones too.
     *
     * @param last the one to continue after; null from the first on
     * @param most how many at most
     */
    public Checked after(@Nullable UUID last, int most) {
        var ids = stored.idsAfter(last, most + 1);
        boolean more = ids.size() > most;
        var checked = more ? ids.subList(0, most) : ids;
        var findings = new ArrayList<Finding>();
        for (int from = 0; from < checked.size(); from += TOGETHER) {
            findings.addAll(together(checked.subList(from, Math.min(from + TOGETHER, checked.size()))));
        }
        return new Checked(findings, checked.size(), more ? checked.get(most - 1) : null);
    }

    /** Checks one machine; not-found if there is none. */
    public Checked one(MachineRef ref) {
        return new Checked(together(List.of(find.idOf(ref))), 1, null);
    }

    private List<Finding> together(List<UUID> ids) {
        try {
            return reading(() -> check.all(ids));
        } catch (RuntimeException e) {
            if (!Unreadable.isStored(e)) {
                throw e;
            }
            return ids.size() == 1
                    ? reading(() -> check.unreadable(ids.get(0)))
                    : ids.stream().flatMap(id -> together(List.of(id)).stream()).toList();
        }
    }

    private List<Finding> reading(Supplier<List<Finding>> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            // Nothing is written; and a row that cannot be read must not fail the end of the transaction too.
            status.setRollbackOnly();
            return work.get();
        }));
    }
}
