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

    /** What machines show of their images, without the segments. */
    @Query("""
            select new io.crashplug.crashimage.StoredSummary(
                i.machineId, i.loadPath, i.elfcorehdrIndex, i.header.revision, i.header.generation, i.loadedAt)
            from CrashImage i where i.machineId in :machines""")
    List<StoredSummary> summaries(Collection<UUID> machines);

    @Query("select i from CrashImage i where i.machineId in :machines")
    List<CrashImage> of(Collection<UUID> machines);

    void delete(CrashImage image);

    void flush();
}
