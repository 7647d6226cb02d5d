package io.crashplug.machine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All machines, also deleted ones, whose history stays readable under their id. */
interface Machines extends Repository<Machine, UUID> {

    Machine saveAndFlush(Machine machine);

    void flush();

    Optional<Machine> findById(UUID id);

    Optional<Machine> findByLiveName(String name);

    /** The id itself, if a machine has or had it. */
    @Query("select m.id from Machine m where m.id = :id")
    Optional<UUID> known(UUID id);

    /** Machines in the order they were created. */
    @Query("select m from Machine m where m.id in :ids order by m.id")
    List<Machine> of(Collection<UUID> ids);
}
