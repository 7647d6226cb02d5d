package io.crashplug.header;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stored bytes of revisions. */
interface RevisionPieces extends Repository<RevisionPiece, RevisionPiece.Key> {

    /** The pieces of revisions that lie near each other. */
    default List<RevisionPiece> of(UUID machine, Collection<Long> revisions) {
        return revisions.isEmpty()
                ? List.of()
                : among(machine, Collections.min(revisions), Collections.max(revisions), revisions);
    }

    /** The bounds keep H2, which does not look each of several numbers up, from reading all revisions of the machine. */
    @Query("""
            select p from RevisionPiece p
            where p.key.machineId = :machine and p.key.revision >= :first and p.key.revision <= :last
                and p.key.revision in :revisions
            order by p.key.machineId, p.key.revision, p.key.pieceIndex""")
    List<RevisionPiece> among(UUID machine, long first, long last, Collection<Long> revisions);
}
