package io.crashplug.crashimage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The loaded images of all machines. */
interface CrashImageRepository extends Repository<CrashImage, UUID> {

    Optional<CrashImage> findById(UUID machineId);

    /** With its segments, which every event looks at. */
    @Query("select i from CrashImage i left join fetch i.segments where i.machineId = :machine")
    Optional<CrashImage> withSegments(UUID machine);

    @Query("select i from CrashImage i where i.machineId in :machines")
    List<CrashImage> of(Collection<UUID> machines);

    void delete(CrashImage image);

    void flush();
}
