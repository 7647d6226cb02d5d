package io.crashplug.crashimage;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * A piece of a segment's bytes. Pieces that are all zero are not stored, so neither is a segment's zero tail; and a
 * header that changes rewrites only the pieces that differ.
 */
@Entity
@Immutable
class SegmentChunk {

    /** Bytes of a segment that one row holds. */
    static final int SIZE_BYTES = 16 * 1024;

    @Embeddable
    record Key(UUID machineId, int segmentIndex, int chunkIndex) {}

    @EmbeddedId
    private Key key;

    private byte[] bytes;

    protected SegmentChunk() {}

    SegmentChunk(Key key, byte[] bytes) {
        this.key = key;
        this.bytes = bytes;
    }

    int chunkIndex() {
        return key.chunkIndex();
    }

    byte[] bytes() {
        return bytes;
    }
}
