package io.crashplug.header;

import io.crashplug.header.DamagedRevision.Part;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The small forms of revisions, put together of their pieces. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RevisionBlobs {

    private final RevisionPieces pieces;
    private final EntityManager entities;

    RevisionBlobs(RevisionPieces pieces, EntityManager entities) {
        this.pieces = pieces;
        this.entities = entities;
    }

    void insert(UUID machine, long revision, byte[] small) {
        for (int i = 0; i * RevisionPiece.MAX_BYTES < small.length; i++) {
            int from = i * RevisionPiece.MAX_BYTES;
            entities.persist(new RevisionPiece(
                    new RevisionPiece.Key(machine, revision, i),
                    Arrays.copyOfRange(small, from, Math.min(from + RevisionPiece.MAX_BYTES, small.length))));
        }
    }

    /** By revision, what is stored of it; those of which nothing is are left out. */
    Map<Long, byte[]> of(UUID machine, Collection<Long> revisions) {
        var joined = new TreeMap<Long, ByteArrayOutputStream>();
        for (var piece : pieces.of(machine, revisions)) {
            joined.computeIfAbsent(piece.revision(), number -> new ByteArrayOutputStream())
                    .writeBytes(piece.bytes());
            entities.detach(piece);
        }
        return joined.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, blob -> blob.getValue().toByteArray()));
    }

    /**
     * The bytes that one of them is the small form of.
     *
     * @param base the bytes of its base; null if it stands alone
     * @throws DamagedRevision if nothing is stored, or it is no small form
     */
    static byte[] decode(HeaderRevision revision, Map<Long, byte[]> blobs, byte @Nullable [] base) {
        var small = blobs.get(revision.revision());
        if (small == null) {
            throw DamagedRevision.of(Part.CONTENT, revision, "the stored bytes are gone");
        }
        if (small.length != revision.storedBytes()) {
            throw DamagedRevision.of(
                    Part.CONTENT,
                    revision,
                    "%d bytes are stored in place of %d".formatted(small.length, revision.storedBytes()));
        }
        try {
            return RevisionCodec.decode(small, base, revision.allBytes());
        } catch (RuntimeException e) {
            throw DamagedRevision.of(Part.CONTENT, revision, "the stored bytes cannot be decoded: " + e.getMessage());
        }
    }
}
