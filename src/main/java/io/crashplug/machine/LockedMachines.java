package io.crashplug.machine;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/** Machines that nobody else changes until the transaction ends. */
@Repository
class LockedMachines {

    private final EntityManager entities;

    LockedMachines(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Hotplug comes in bursts, so wait for the row: the database form of crash_hotplug_lock(). Unlike Linux (ADR 7), which
     * loses the event when kexec holds its own lock.
     *
     * @return empty if the machine does not live
     */
    Optional<Machine> lock(UUID id) {
        return Optional.ofNullable(entities.find(Machine.class, id, LockModeType.PESSIMISTIC_WRITE))
                .filter(machine -> !machine.isDeleted());
    }
}
