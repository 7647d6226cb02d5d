package io.crashplug.header;

import io.crashplug.crashimage.HeaderChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps every change of header bytes for ever, in the transaction that makes it. */
@Service
class KeepRevisions {

    private final RevisionStore store;
    private final HeaderRevisions revisions;

    KeepRevisions(RevisionStore store, HeaderRevisions revisions) {
        this.store = store;
        this.revisions = revisions;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(HeaderChanged change) {
        var machine = change.machine().id();
        var header = change.header();
        if (header != null) {
            store.append(machine, header, loads(header));
        } else {
            revisions.newestBelow(machine, Long.MAX_VALUE, Limit.of(1)).stream()
                    .filter(newest -> newest.unloadedAt().isEmpty())
                    .forEach(newest -> newest.unloaded(change.at()));
        }
    }

    /** By which the vmcore is found that a capture kernel makes of the header. */
    private static @Nullable String loads(HeaderChanged.InSegment header) {
        return header.inForce().decode(header.content()).map(LoadsDigest::of).orElse(null);
    }
}
