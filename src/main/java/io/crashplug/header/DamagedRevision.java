package io.crashplug.header;

import java.util.UUID;

/** What is stored of a revision is not what was written; the message is a sentence that says how. */
public final class DamagedRevision extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What of a revision is damaged. */
    public enum Part {
        /** The revision whose bytes the stored ones are a difference to. */
        BASE,
        /** The bytes of the segment that held the header. */
        CONTENT,
        /** What the header was built from. */
        INPUTS
    }

    private final Part part;

    private DamagedRevision(Part part, String sentence) {
        super(sentence);
        this.part = part;
    }

    static DamagedRevision of(Part part, HeaderRevision revision, String what) {
        return of(part, revision.machineId(), revision.revision(), what);
    }

    static DamagedRevision of(Part part, UUID machine, long revision, String what) {
        return new DamagedRevision(part, "revision %d of machine %s: %s".formatted(revision, machine, what));
    }

    public Part part() {
        return part;
    }
}
