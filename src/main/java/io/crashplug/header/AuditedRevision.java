package io.crashplug.header;

import io.crashplug.elfcore.BuildInputs;
import io.crashplug.elfcore.SegmentContent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A revision with what is stored of it, sound or not. */
public final class AuditedRevision {

    private final HeaderRevision revision;
    private final @Nullable KeptBytes kept;
    private final @Nullable DamagedRevision damage;

    AuditedRevision(HeaderRevision revision, KeptBytes kept) {
        this.revision = revision;
        this.kept = kept;
        this.damage = null;
    }

    AuditedRevision(HeaderRevision revision, DamagedRevision damage) {
        this.revision = revision;
        this.kept = null;
        this.damage = damage;
    }

    public HeaderRevision revision() {
        return revision;
    }

    /**
     * The content of the segment that held it.
     *
     * @throws DamagedRevision if it is not what was written
     */
    public SegmentContent content() {
        return kept().content();
    }

    /**
     * What it was built from; empty if that is not kept.
     *
     * @throws DamagedRevision if it is not what was written
     */
    public Optional<BuildInputs> inputs() {
        return kept().inputs();
    }

    private KeptBytes kept() {
        if (kept == null) {
            throw damage == null ? new IllegalStateException("neither bytes nor damage") : damage;
        }
        return kept;
    }
}
