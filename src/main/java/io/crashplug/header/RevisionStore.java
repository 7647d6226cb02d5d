package io.crashplug.header;

import io.crashplug.crashimage.HeaderChanged;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.DamagedRevision.Part;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the bytes of revisions and the inputs of their builds small and reads them back. A small one is compressed by
 * itself. A larger one is the difference to a base a few revisions before, which stands alone, so every read decodes
 * two at most.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RevisionStore {

    /** Bytes up to this many are compressed by themselves: a difference would save little and cost a read. */
    static final int SMALL_BYTES = 16 * 1024;

    /** How many revisions share a base at most: differences grow with the distance. */
    static final int MOST_ON_ONE_BASE = 64;

    private final HeaderRevisions revisions;
    private final RevisionBlobs blobs;
    private final RevisionRows rows;

    RevisionStore(HeaderRevisions revisions, RevisionBlobs blobs, RevisionRows rows) {
        this.revisions = revisions;
        this.blobs = blobs;
        this.rows = rows;
    }

    void append(UUID machine, HeaderChanged.InSegment header, @Nullable String loadsSha256) {
        var builtFrom = header.builtFrom();
        var inputs = builtFrom == null ? null : builtFrom.encode();
        var bytes = KeptBytes.joined(header.content(), inputs);
        long number = header.inForce().revision();
        var base = bytes.length <= SMALL_BYTES ? null : base(machine, number);
        var stored = RevisionCodec.encode(bytes, base == null ? null : read(base));
        if (base != null && stored.length > base.storedBytes() / 2) {
            // Too little in common: let this be what later ones differ from.
            base = null;
            stored = RevisionCodec.encode(bytes, null);
        }
        rows.insert(new HeaderRevision(
                machine, header, loadsSha256, inputs, stored.length, base == null ? null : base.revision()));
        blobs.insert(machine, number, stored);
    }

    private @Nullable HeaderRevision base(UUID machine, long number) {
        return revisions.newestBelow(machine, number, Limit.of(1)).stream()
                .findFirst()
                .map(before -> before.baseRevision() == null ? before : get(machine, before.baseRevision()))
                .filter(base -> number - base.revision() < MOST_ON_ONE_BASE && base.allBytes() > SMALL_BYTES)
                .orElse(null);
    }

    private HeaderRevision get(UUID machine, long number) {
        return revisions
                .findById(new HeaderRevision.Key(machine, number))
                .orElseThrow(
                        () -> DamagedRevision.of(Part.BASE, machine, number, "it is gone, but others are based on it"));
    }

    /**
     * The content of the segment that held a revision.
     *
     * @throws DamagedRevision if it is not what was written
     */
    SegmentContent content(HeaderRevision revision) {
        return new KeptBytes(revision, read(revision)).content();
    }

    private byte[] read(HeaderRevision revision) {
        var machine = revision.machineId();
        var number = revision.baseRevision();
        if (number == null) {
            return RevisionBlobs.decode(revision, blobs.of(machine, List.of(revision.revision())), null);
        }
        var base = get(machine, number);
        var both = blobs.of(machine, List.of(number, revision.revision()));
        return RevisionBlobs.decode(revision, both, RevisionBlobs.decode(base, both, null));
    }
}
