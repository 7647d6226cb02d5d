package io.crashplug.machine;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** Machines that nobody else changes until the transaction ends. */
interface LockedMachines extends Repository<Machine, UUID> {

    /**
     * Hotplug comes in bursts, so wait for the row: the database form of crash_hotplug_lock(). Unlike Linux (ADR 7), which
     * loses the event when kexec holds its own lock. Also a machine that is deleted is found.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Machine> findById(UUID id);
}
