package io.crashplug.crashimage;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stored bytes of all segments. */
interface SegmentChunks extends Repository<SegmentChunk, SegmentChunk.Key> {

    @Query("""
            select c from SegmentChunk c
            where c.key.machineId = :machine and c.key.segmentIndex = :segment and c.key.chunkIndex < :below
            order by c.key.chunkIndex""")
    List<SegmentChunk> of(UUID machine, int segment, int below);

    @Modifying
    @Query("""
            delete from SegmentChunk c
            where c.key.machineId = :machine and c.key.segmentIndex = :segment and c.key.chunkIndex in :chunks""")
    void delete(UUID machine, int segment, Collection<Integer> chunks);

    @Modifying
    @Query("delete from SegmentChunk c where c.key.machineId = :machine")
    void deleteAll(UUID machine);
}
