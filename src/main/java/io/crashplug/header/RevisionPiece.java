package io.crashplug.header;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Stored bytes of a revision; nearly always one piece holds them all. */
@Entity
@Immutable
class RevisionPiece {

    /** Most bytes in one row, what H2 allows. */
    static final int MAX_BYTES = 1024 * 1024;

    @Embeddable
    record Key(UUID machineId, long revision, int pieceIndex) {}

    @EmbeddedId
    private Key key;

    private byte[] bytes;

    protected RevisionPiece() {}

    RevisionPiece(Key key, byte[] bytes) {
        this.key = key;
        this.bytes = bytes;
    }

    long revision() {
        return key.revision();
    }

    byte[] bytes() {
        return bytes;
    }
}
