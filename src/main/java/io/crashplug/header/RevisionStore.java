package io.crashplug.header;

import io.crashplug.crashimage.HeaderChanged;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.SegmentContent;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the bytes of revisions small and reads them back. A small one is compressed by itself. A larger one is the
 * difference to a base a few revisions before, which stands alone, so every read decodes two at most.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RevisionStore {

    /** Content up to this size is compressed by itself: a difference would save little and cost a read. */
    static final int SMALL_BYTES = 16 * 1024;

    /** How many revisions share a base at most: differences grow with the distance. */
    static final int MOST_ON_ONE_BASE = 64;

    private final HeaderRevisions revisions;
    private final RevisionPieces pieces;
    private final EntityManager entities;

    RevisionStore(HeaderRevisions revisions, RevisionPieces pieces, EntityManager entities) {
        this.revisions = revisions;
        this.pieces = pieces;
        this.entities = entities;
    }

    void append(UUID machine, HeaderChanged.InSegment header, @Nullable String loadsSha256) {
        var bytes = header.content().known().toByteArray();
        long number = header.inForce().revision();
        var base = bytes.length <= SMALL_BYTES ? null : base(machine, number);
        var stored = RevisionCodec.encode(bytes, base == null ? null : read(base));
        if (base != null && stored.length > base.storedBytes() / 2) {
            // Too little in common: let this be what later ones differ from.
            base = null;
            stored = RevisionCodec.encode(bytes, null);
        }
        entities.persist(
                new HeaderRevision(machine, header, loadsSha256, stored.length, base == null ? null : base.revision()));
        for (int i = 0; i * RevisionPiece.MAX_BYTES < stored.length; i++) {
            int from = i * RevisionPiece.MAX_BYTES;
            entities.persist(new RevisionPiece(
                    new RevisionPiece.Key(machine, number, i),
                    Arrays.copyOfRange(stored, from, Math.min(from + RevisionPiece.MAX_BYTES, stored.length))));
        }
    }

    private @Nullable HeaderRevision base(UUID machine, long number) {
        return revisions.newestBelow(machine, number, Limit.of(1)).stream()
                .findFirst()
                .map(before -> before.baseRevision() == null ? before : get(machine, before.baseRevision()))
                .filter(base -> number - base.revision() < MOST_ON_ONE_BASE && base.contentBytes() > SMALL_BYTES)
                .orElse(null);
    }

    private HeaderRevision get(UUID machine, long number) {
        return revisions
                .findById(new HeaderRevision.Key(machine, number))
                .orElseThrow(() -> new IllegalStateException(
                        "revision %d of machine %s, which others are based on, is gone".formatted(number, machine)));
    }

    /**
     * The content of the segment that held a revision.
     *
     * @throws IllegalStateException if it is not what was written
     */
    SegmentContent content(HeaderRevision revision) {
        var bytes = HeaderBytes.of(read(revision));
        if (!bytes.sha256().equals(revision.contentSha256())) {
            throw new IllegalStateException("the stored bytes of revision %d of machine %s have SHA-256 %s, not %s"
                    .formatted(revision.revision(), revision.machineId(), bytes.sha256(), revision.contentSha256()));
        }
        return new SegmentContent(bytes, revision.unknownEnd(), revision.memszBytes());
    }

    private byte[] read(HeaderRevision revision) {
        var machine = revision.machineId();
        var number = revision.baseRevision();
        if (number == null) {
            return RevisionCodec.decode(
                    stored(machine, List.of(revision.revision())).get(0), null, revision.contentBytes());
        }
        var base = get(machine, number);
        var both = stored(machine, List.of(number, revision.revision()));
        return RevisionCodec.decode(
                both.get(1), RevisionCodec.decode(both.get(0), null, base.contentBytes()), revision.contentBytes());
    }

    /** What is stored of each of the revisions, in the order asked for. */
    private List<byte[]> stored(UUID machine, List<Long> numbers) {
        var joined = new TreeMap<Long, ByteArrayOutputStream>();
        for (var piece : pieces.of(machine, numbers)) {
            joined.computeIfAbsent(piece.revision(), number -> new ByteArrayOutputStream())
                    .writeBytes(piece.bytes());
            entities.detach(piece);
        }
        var stored = new ArrayList<byte[]>();
        for (var number : numbers) {
            var bytes = joined.get(number);
            if (bytes == null) {
                throw new IllegalStateException(
                        "the stored bytes of revision %d of machine %s are gone".formatted(number, machine));
            }
            stored.add(bytes.toByteArray());
        }
        return stored;
    }
}
