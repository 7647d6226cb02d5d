package io.crashplug.header;

import io.crashplug.crashimage.HeaderChanged;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.HeaderBytes;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of a version of a header's bytes. The bytes lie beside it, and like it stay as they were written. */
@Entity
public class HeaderRevision {

    /** The place of a revision: numbers count up from 1 in each machine, also across loads. */
    @Embeddable
    record Key(UUID machineId, long revision) {}

    @EmbeddedId
    private Key key;

    private Instant at;

    /** When the image was unloaded that held it; null if it is in force or another revision followed. */
    private @Nullable Instant unloadedAt;

    private @Nullable Long generation;
    private long mem;
    private long memszBytes;
    private int elfszBytes;
    private int phdrCount;
    private String sha256;

    private @Nullable String loadsSha256;

    private int contentBytes;
    private long unknownEnd;
    private String contentSha256;

    /** How many bytes of inputs are stored behind the content; null if none are kept. */
    private @Nullable Integer inputsBytes;

    private @Nullable String inputsSha256;

    private int storedBytes;

    /** The revision whose bytes the stored ones are a difference to; null if they stand alone. */
    private @Nullable Long baseRevision;

    protected HeaderRevision() {}

    HeaderRevision(
            UUID machineId,
            HeaderChanged.InSegment header,
            @Nullable String loadsSha256,
            @Nullable HeaderBytes inputs,
            int storedBytes,
            @Nullable Long baseRevision) {
        var inForce = header.inForce();
        this.key = new Key(machineId, inForce.revision());
        this.at = inForce.at();
        this.generation = inForce.generation();
        this.mem = header.mem();
        this.memszBytes = header.content().memszBytes();
        this.elfszBytes = inForce.elfszBytes();
        this.phdrCount = inForce.phdrCount();
        this.sha256 = inForce.sha256();
        this.loadsSha256 = loadsSha256;
        this.contentBytes = header.content().known().length();
        this.unknownEnd = header.content().unknownEnd();
        this.contentSha256 = header.content().known().sha256();
        this.inputsBytes = inputs == null ? null : inputs.length();
        this.inputsSha256 = inputs == null ? null : inputs.sha256();
        this.storedBytes = storedBytes;
        this.baseRevision = baseRevision;
    }

    void unloaded(Instant when) {
        unloadedAt = when;
    }

    /** The header as it was when it came into force. */
    public HeaderInForce inForce() {
        return new HeaderInForce(key.revision(), generation, elfszBytes, phdrCount, sha256, at);
    }

    UUID machineId() {
        return key.machineId();
    }

    public long revision() {
        return key.revision();
    }

    /** When the image that held it was unloaded; empty if it is in force or another revision followed. */
    public Optional<Instant> unloadedAt() {
        return Optional.ofNullable(unloadedAt);
    }

    /** Where its segment lay, unsigned. */
    public long mem() {
        return mem;
    }

    /** Size of its segment, unsigned. */
    public long memszBytes() {
        return memszBytes;
    }

    /** Bytes that its segment's content and the inputs take in the database. */
    public int storedBytes() {
        return storedBytes;
    }

    /** The {@link LoadsDigest} of the header; null if its bytes are no elfcorehdr. */
    public @Nullable String loadsSha256() {
        return loadsSha256;
    }

    /** Whether what it was built from is kept with it. */
    public boolean hasInputs() {
        return inputsBytes != null && inputsSha256 != null;
    }

    int contentBytes() {
        return contentBytes;
    }

    long unknownEnd() {
        return unknownEnd;
    }

    String contentSha256() {
        return contentSha256;
    }

    @Nullable
    Integer inputsBytes() {
        return inputsBytes;
    }

    @Nullable
    String inputsSha256() {
        return inputsSha256;
    }

    /** Bytes of content and inputs together. */
    int allBytes() {
        return contentBytes + (inputsBytes == null ? 0 : inputsBytes);
    }

    @Nullable
    Long baseRevision() {
        return baseRevision;
    }
}
