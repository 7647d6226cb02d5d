package io.crashplug.header;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.HeaderBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds the revisions of a machine by what they hold. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class FindRevisions {

    private final HeaderRevisions revisions;
    private final RevisionStore store;

    FindRevisions(HeaderRevisions revisions, RevisionStore store) {
        this.revisions = revisions;
        this.store = store;
    }

    /** A revision with the header's elfsz bytes. */
    public record Found(HeaderInForce header, HeaderBytes bytes) {}

    /** The newest one of exactly these bytes. */
    public Optional<Found> equal(UUID machine, int elfszBytes, String sha256) {
        return revisions.ofBytes(machine, sha256, elfszBytes, Limit.of(1)).stream()
                .map(this::found)
                .findFirst();
    }

    /** The newest one with this {@link LoadsDigest}. */
    public Optional<Found> byLoads(UUID machine, String digest) {
        return revisions.ofLoads(machine, digest, Limit.of(1)).stream()
                .map(this::found)
                .findFirst();
    }

    /** The sizes that the headers have, each once: they are few, so each is looked for behind the one before. */
    public List<Integer> elfszBytes(UUID machine) {
        var sizes = new ArrayList<Integer>();
        var next = revisions.elfszBytesFrom(machine, 0, Limit.of(1));
        while (!next.isEmpty()) {
            sizes.addAll(next);
            next = revisions.elfszBytesFrom(machine, next.get(0) + 1, Limit.of(1));
        }
        return sizes;
    }

    /** The newest ones, newest first. */
    public List<Found> newest(UUID machine, int most) {
        return revisions.newestBelow(machine, Long.MAX_VALUE, Limit.of(most)).stream()
                .map(this::found)
                .toList();
    }

    private Found found(HeaderRevision revision) {
        var header = revision.inForce();
        return new Found(header, header.bytes(store.content(revision)));
    }
}
