package io.crashplug.header;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stored bytes of revisions. */
interface RevisionPieces extends Repository<RevisionPiece, RevisionPiece.Key> {

    @Query("""
            select p from RevisionPiece p where p.key.machineId = :machine and p.key.revision in :revisions
            order by p.key.revision, p.key.pieceIndex""")
    List<RevisionPiece> of(UUID machine, Collection<Long> revisions);
}
