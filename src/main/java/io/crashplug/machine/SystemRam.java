package io.crashplug.machine;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stored System RAM of all machines. */
interface SystemRam extends Repository<SystemRamRow, SystemRamRow.Key> {

    @Query("select r from SystemRamRow r where r.key.machineId in :machines order by r.key.machineId, r.key.firstByte")
    List<SystemRamRow> of(Collection<UUID> machines);

    @Modifying
    @Query("delete from SystemRamRow r where r.key.machineId = :machine and r.key.firstByte in :firstBytes")
    void delete(UUID machine, Collection<Long> firstBytes);
}
