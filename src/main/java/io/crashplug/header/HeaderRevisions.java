package io.crashplug.header;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The revisions of all machines: they can be added to and read. */
interface HeaderRevisions extends Repository<HeaderRevision, HeaderRevision.Key> {

    Optional<HeaderRevision> findById(HeaderRevision.Key key);

    /** A machine's revisions below a number, newest first. */
    @Query("""
            select r from HeaderRevision r where r.key.machineId = :machine and r.key.revision < :below
            order by r.key.machineId desc, r.key.revision desc""")
    List<HeaderRevision> newestBelow(UUID machine, long below, Limit limit);

    /** A machine's revisions above a number, oldest first. */
    @Query("""
            select r from HeaderRevision r where r.key.machineId = :machine and r.key.revision > :above
            order by r.key.machineId, r.key.revision""")
    List<HeaderRevision> oldestAbove(UUID machine, long above, Limit limit);

    /** A machine's revisions that began at a time or before, newest first. */
    @Query("""
            select r from HeaderRevision r where r.key.machineId = :machine and r.at <= :time
            order by r.key.machineId desc, r.at desc, r.key.revision desc""")
    List<HeaderRevision> newestAt(UUID machine, Instant time, Limit limit);

    /** A machine's revisions of exactly these bytes, newest first. */
    @Query("""
            select r from HeaderRevision r
            where r.key.machineId = :machine and r.sha256 = :sha256 and r.elfszBytes = :elfszBytes
            order by r.key.machineId desc, r.elfszBytes desc, r.sha256 desc, r.key.revision desc""")
    List<HeaderRevision> ofBytes(UUID machine, String sha256, int elfszBytes, Limit limit);

    /** A machine's revisions whose {@link LoadsDigest} this is, newest first. */
    @Query("""
            select r from HeaderRevision r where r.key.machineId = :machine and r.loadsSha256 = :loadsSha256
            order by r.key.machineId desc, r.loadsSha256 desc, r.key.revision desc""")
    List<HeaderRevision> ofLoads(UUID machine, String loadsSha256, Limit limit);

    /** The sizes from one on that a machine's revisions have, the smallest first. */
    @Query("""
            select r.elfszBytes from HeaderRevision r
            where r.key.machineId = :machine and r.elfszBytes >= :least order by r.key.machineId, r.elfszBytes""")
    List<Integer> elfszBytesFrom(UUID machine, int least, Limit limit);
}
