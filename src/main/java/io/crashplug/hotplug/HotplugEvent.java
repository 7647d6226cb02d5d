package io.crashplug.hotplug;

import io.crashplug.problem.ProblemType;
import io.crashplug.security.Caller;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One entry of a machine's history. It is written once and never changed or deleted. */
@Entity
@Immutable
public class HotplugEvent {

    /** The place of an entry: numbers count up from 1 in each machine, without a gap. */
    @Embeddable
    record Key(UUID machineId, long sequence) {}

    @EmbeddedId
    private Key key;

    private Instant at;
    private String actor;
    private String requestId;
    private String reason;
    private String changes;

    /** The actions of the changes, each between commas, to search for one. */
    @SuppressWarnings("UnusedVariable") // queries read it
    private String actions;

    @Enumerated(EnumType.STRING)
    private Outcome outcome;

    private String detail;

    @Enumerated(EnumType.STRING)
    private @Nullable ProblemType problemType;

    private long generationBefore;
    private long generationAfter;

    @Embedded
    @AttributeOverride(name = "revision", column = @Column(name = "header_revision"))
    @AttributeOverride(name = "elfszBytes", column = @Column(name = "elfsz_bytes"))
    @AttributeOverride(name = "memszBytes", column = @Column(name = "memsz_bytes"))
    @AttributeOverride(name = "phdrCount", column = @Column(name = "phdr_count"))
    @AttributeOverride(name = "changedBytes", column = @Column(name = "changed_bytes"))
    @AttributeOverride(name = "sha256Before", column = @Column(name = "sha256_before"))
    @AttributeOverride(name = "sha256After", column = @Column(name = "sha256_after"))
    private @Nullable HeaderChange header;

    private long durationMicros;

    protected HotplugEvent() {}

    HotplugEvent(UUID machineId, long sequence, Instant at, Caller caller, Entry entry, Duration duration) {
        this.key = new Key(machineId, sequence);
        this.at = at;
        this.actor = caller.actor();
        this.requestId = caller.requestId();
        this.reason = entry.reason();
        this.changes = entry.changes();
        this.actions = entry.actions();
        this.outcome = entry.outcome();
        this.detail = entry.detail();
        this.problemType = entry.problemType();
        this.generationBefore = entry.generationBefore();
        this.generationAfter = entry.generationAfter();
        this.header = entry.header();
        this.durationMicros = duration.toNanos() / 1000;
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

    public String reason() {
        return reason;
    }

    /** The changes as JSON. */
    public String changes() {
        return changes;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** What came of it, in the kernel's words where it has some. */
    public String detail() {
        return detail;
    }

    /** Why it was refused; empty unless it was. */
    public Optional<ProblemType> problemType() {
        return Optional.ofNullable(problemType);
    }

    public long generationBefore() {
        return generationBefore;
    }

    public long generationAfter() {
        return generationAfter;
    }

    /** What became of the header; empty where there is none. */
    public Optional<HeaderChange> header() {
        return Optional.ofNullable(header);
    }

    public long durationMicros() {
        return durationMicros;
    }
}
