package io.crashplug.verification;

import io.crashplug.persistence.LinesConverter;
import io.crashplug.security.Caller;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A verification as it is kept: written once and never changed or deleted. The dump itself is not kept. */
@Entity
@Immutable
public class VerificationRecord {

    /** The place of a verification: numbers count up from 1 in each machine. */
    @Embeddable
    record Key(UUID machineId, long sequence) {}

    @EmbeddedId
    private Key key;

    private Instant at;
    private String actor;
    private String requestId;

    @Enumerated(EnumType.STRING)
    private DumpKind kind;

    private int dumpBytes;
    private String dumpSha256;
    private int phdrCount;
    private long usedBytes;
    private @Nullable Long equalRevision;
    private boolean equalCurrent;
    private @Nullable Long nearestRevision;
    private boolean nearestCurrent;
    private int phdrsOnlyInDump;
    private int phdrsOnlyInRevision;

    @Convert(converter = LinesConverter.class)
    private List<String> compared;

    @Convert(converter = LinesConverter.class)
    private List<String> notCompared;

    /** Code and detail of each reason, with a blank between them. */
    @Convert(converter = LinesConverter.class)
    private List<String> reasons;

    @Convert(converter = LinesConverter.class)
    private List<String> differences;

    protected VerificationRecord() {}

    VerificationRecord(
            UUID machineId,
            long sequence,
            Instant at,
            Caller caller,
            Dump dump,
            Verification found,
            List<String> differences) {
        this.key = new Key(machineId, sequence);
        this.at = at;
        this.actor = caller.actor();
        this.requestId = caller.requestId();
        this.kind = found.kind();
        this.dumpBytes = dump.length();
        this.dumpSha256 = dump.sha256();
        this.phdrCount = found.phdrCount();
        this.usedBytes = found.usedBytes();
        var equal = found.equal();
        if (equal != null) {
            this.equalRevision = equal.revision();
            this.equalCurrent = equal.current();
        }
        var nearest = found.nearest();
        if (nearest != null) {
            this.nearestRevision = nearest.revision();
            this.nearestCurrent = nearest.current();
            this.phdrsOnlyInDump = nearest.phdrsOnlyInDump();
            this.phdrsOnlyInRevision = nearest.phdrsOnlyInRevision();
        }
        this.compared = found.compared();
        this.notCompared = found.notCompared();
        this.reasons = found.reasons().stream()
                .map(reason -> reason.code() + " " + reason.detail())
                .toList();
        this.differences = differences;
    }

    /** What was found. */
    public Verification found() {
        return new Verification(
                kind,
                phdrCount,
                usedBytes,
                equalRevision == null ? null : new Verification.Equal(equalRevision, equalCurrent),
                nearestRevision == null
                        ? null
                        : new Verification.Nearest(
                                nearestRevision, nearestCurrent, phdrsOnlyInDump, phdrsOnlyInRevision),
                compared,
                notCompared,
                reasons.stream().map(VerificationRecord::reason).toList());
    }

    private static Reason reason(String line) {
        int blank = line.indexOf(' ');
        return new Reason(Reason.Code.valueOf(line.substring(0, blank)), line.substring(blank + 1));
    }

    public UUID machineId() {
        return key.machineId();
    }

    public long sequence() {
        return key.sequence();
    }

    public Instant at() {
        return at;
    }

    public String actor() {
        return actor;
    }

    public String requestId() {
        return requestId;
    }

    /** Bytes that were posted. */
    public int dumpBytes() {
        return dumpBytes;
    }

    /** SHA-256 of what was posted. */
    public String dumpSha256() {
        return dumpSha256;
    }

    /** What the dump differs in from the nearest revision, line by line; empty if all is explained. */
    public List<String> differences() {
        return differences;
    }
}
