package io.crashplug.header;

import io.crashplug.header.DamagedRevision.Part;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads all revisions of a machine with their bytes, a few at a time, however many there are. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class AuditRevisions {

    private static final int AT_A_TIME = 200;
    private static final long BYTES_AT_A_TIME = 8L << 20;

    private final HeaderRevisions revisions;
    private final RevisionBlobs blobs;
    private final EntityManager entities;

    AuditRevisions(HeaderRevisions revisions, RevisionBlobs blobs, EntityManager entities) {
        this.revisions = revisions;
        this.blobs = blobs;
        this.entities = entities;
    }

    /** Shows the revisions one after the other, by their numbers. */
    public void show(UUID machine, Consumer<AuditedRevision> to) {
        var walk = new Walk(machine, to);
        long last = Long.MIN_VALUE;
        List<HeaderRevision> page;
        do {
            page = revisions.oldestAbove(machine, last, Limit.of(AT_A_TIME));
            page.forEach(entities::detach);
            walk.over(page);
            last = page.isEmpty() ? last : page.get(page.size() - 1).revision();
        } while (page.size() == AT_A_TIME);
    }

    /** One pass over a machine, which remembers the newest base: what follows it is based on it. */
    private final class Walk {

        private final UUID machine;
        private final Consumer<AuditedRevision> to;
        private @Nullable HeaderRevision base;
        private byte @Nullable [] bytesOfBase;

        private Walk(UUID machine, Consumer<AuditedRevision> to) {
            this.machine = machine;
            this.to = to;
        }

        private void over(List<HeaderRevision> page) {
            var some = new ArrayList<HeaderRevision>();
            long bytes = 0;
            for (var revision : page) {
                if (!some.isEmpty() && bytes + revision.storedBytes() > BYTES_AT_A_TIME) {
                    show(some);
                    some.clear();
                    bytes = 0;
                }
                some.add(revision);
                bytes += revision.storedBytes();
            }
            show(some);
        }

        private void show(List<HeaderRevision> some) {
            if (some.isEmpty()) {
                return;
            }
            var stored = blobs.of(
                    machine, some.stream().map(HeaderRevision::revision).toList());
            for (var revision : some) {
                to.accept(audited(revision, stored));
            }
        }

        private AuditedRevision audited(HeaderRevision revision, Map<Long, byte[]> stored) {
            try {
                var bytes = RevisionBlobs.decode(revision, stored, baseOf(revision));
                if (revision.baseRevision() == null) {
                    base = revision;
                    bytesOfBase = bytes;
                }
                return new AuditedRevision(revision, new KeptBytes(revision, bytes));
            } catch (DamagedRevision e) {
                return new AuditedRevision(revision, e);
            }
        }

        private byte @Nullable [] baseOf(HeaderRevision revision) {
            var number = revision.baseRevision();
            if (number == null) {
                return null;
            }
            if (base == null || base.revision() != number) {
                base = revisions
                        .findById(new HeaderRevision.Key(machine, number))
                        .orElseThrow(() -> DamagedRevision.of(
                                Part.BASE, revision, "revision %d, which it is based on, is gone".formatted(number)));
                entities.detach(base);
                bytesOfBase = null;
            }
            if (bytesOfBase == null) {
                bytesOfBase = RevisionBlobs.decode(base, blobs.of(machine, List.of(number)), null);
            }
            return bytesOfBase;
        }
    }
}
