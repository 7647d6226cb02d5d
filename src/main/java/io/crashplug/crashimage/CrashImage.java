package io.crashplug.crashimage;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KexecFlag;
import io.crashplug.elfcore.LoadPath;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.Machine;
import io.crashplug.persistence.RangesConverter;
import io.crashplug.persistence.WordsConverter;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.jspecify.annotations.Nullable;

/** What kexec loaded for a crash of one machine. */
@Entity
public class CrashImage {

    /** Ranges that are remembered though they are removed; a row of the database has room for their addresses. */
    public static final int MOST_REMOVED = 10_000;

    @Id
    private UUID machineId;

    @Column(updatable = false)
    @Enumerated(EnumType.STRING)
    private LoadPath loadPath;

    @Column(updatable = false)
    @Convert(converter = WordsConverter.class)
    private List<String> flags;

    /** Every event looks at them, so they come with the image, by one statement. */
    @ElementCollection(fetch = FetchType.EAGER)
    @Fetch(FetchMode.JOIN)
    @CollectionTable(name = "kexec_segment", joinColumns = @JoinColumn(name = "machine_id"))
    @OrderColumn(name = "segment_index")
    private List<LoadedSegment> segments = new ArrayList<>();

    private @Nullable Integer elfcorehdrIndex;
    private boolean elfcorehdrUpdated;

    @Column(updatable = false)
    private long elfHeadersSizeBytes;

    @Column(updatable = false)
    private int digestLeftOutIndex;

    /** The layout when the image was loaded. */
    @Column(updatable = false)
    private long loadedGeneration;

    /** The header's revision when the image was loaded, 0 without one; null for images loaded before it was kept. */
    @Column(updatable = false)
    private @Nullable Long loadedRevision;

    @Column(updatable = false)
    private @Nullable String purgatoryDigest;

    @Embedded
    @AttributeOverride(name = "revision", column = @Column(name = "header_revision"))
    @AttributeOverride(name = "generation", column = @Column(name = "header_generation"))
    @AttributeOverride(name = "elfszBytes", column = @Column(name = "header_elfsz_bytes"))
    @AttributeOverride(name = "phdrCount", column = @Column(name = "header_phdr_count"))
    @AttributeOverride(name = "sha256", column = @Column(name = "header_sha256"))
    @AttributeOverride(name = "at", column = @Column(name = "header_at"))
    private @Nullable HeaderInForce header;

    @Embedded
    @AttributeOverride(name = "phdrs", column = @Column(name = "room_phdrs"))
    @AttributeOverride(name = "memszBytes", column = @Column(name = "room_memsz_bytes"))
    @AttributeOverride(name = "elfszBytes", column = @Column(name = "room_elfsz_bytes"))
    private @Nullable HeaderRoom room;

    @Convert(converter = RangesConverter.class)
    private List<PhysicalRange> stillListed = List.of();

    @Convert(converter = RangesConverter.class)
    private List<PhysicalRange> removedLast = List.of();

    @Column(updatable = false)
    private Instant loadedAt;

    protected CrashImage() {}

    CrashImage(
            Machine machine,
            PreparedImage prepared,
            @Nullable HeaderInForce header,
            @Nullable String purgatoryDigest,
            Instant now) {
        var armed = prepared.armed();
        this.machineId = machine.id();
        this.loadedGeneration = machine.generation();
        this.loadPath = armed.loadPath();
        this.flags = prepared.flags();
        for (int i = 0; i < armed.segments().size(); i++) {
            segments.add(LoadedSegment.of(
                    armed.segments().get(i),
                    armed.contents().get(i),
                    prepared.givenSha256().get(i)));
        }
        this.elfcorehdrIndex = armed.knownIndex() < 0 ? null : armed.knownIndex();
        this.elfHeadersSizeBytes = prepared.elfHeadersSizeBytes();
        this.digestLeftOutIndex = prepared.digestLeftOutIndex();
        this.header = header;
        this.loadedRevision = header == null ? 0 : header.revision();
        this.purgatoryDigest = purgatoryDigest;
        this.loadedAt = now;
    }

    /** The image as the kernel sees it, with these contents of its segments. */
    ArmedImage armed(KernelProfile profile, List<SegmentContent> contents) {
        return new ArmedImage(
                loadPath,
                knownFlags(profile),
                segments.stream().map(LoadedSegment::segment).toList(),
                contents,
                elfcorehdrIndex == null ? -1 : elfcorehdrIndex,
                elfcorehdrUpdated);
    }

    /** The flags that the profile acts on; a file load is for a crash by itself. */
    Set<KexecFlag> knownFlags(KernelProfile profile) {
        return loadPath == LoadPath.KEXEC_FILE_LOAD
                ? Set.of(KexecFlag.KEXEC_ON_CRASH)
                : UserspaceLoader.knownFlags(flags, profile);
    }

    /** The flags that the profile does not know. */
    public List<String> ignoredFlags(KernelProfile profile) {
        var known = knownFlags(profile);
        return flags.stream()
                .filter(name -> KexecFlag.named(name).filter(known::contains).isEmpty())
                .toList();
    }

    /** Whether the kernel may rewrite the header in place. */
    public boolean hotplugSupport(KernelProfile profile) {
        return profile.hotplugSupport().permits(loadPath, knownFlags(profile));
    }

    /** Takes over what an event did to the image's flags. */
    void reachedByEvent(ArmedImage after) {
        elfcorehdrIndex = after.knownIndex() < 0 ? null : after.knownIndex();
        elfcorehdrUpdated = after.elfcorehdrUpdated();
    }

    /** Records the header that is in force now. */
    public void headerIs(HeaderInForce newHeader) {
        header = newHeader;
    }

    void contentIs(int index, SegmentContent content) {
        var before = segments.get(index);
        var after = LoadedSegment.of(before.segment(), content, before.givenSha256());
        if (!after.equals(before)) {
            segments.set(index, after);
        }
    }

    /** Records which removed memory the header was last built with; none after an ordinary rebuild. */
    public void stillLists(List<PhysicalRange> removed) {
        stillListed = List.copyOf(removed);
    }

    /** Records the room of the header; null where none is known or the kernel does not rewrite it. */
    void roomIs(@Nullable HeaderRoom newRoom) {
        room = newRoom;
    }

    /** The room of the header as last recorded; empty for images loaded before it was. */
    public Optional<HeaderRoom> room() {
        return Optional.ofNullable(room);
    }

    /** Whether the header's bytes are others than those that were loaded. */
    public boolean isRewritten() {
        if (header == null) {
            return false;
        }
        return loadedRevision == null ? header.at().isAfter(loadedAt) : header.revision() != loadedRevision;
    }

    /** Whether the header is of userspace's making and the layout still the one it was made for. */
    boolean isAsUserspaceLoadedIt(Machine machine) {
        return loadPath == LoadPath.KEXEC_LOAD
                && header != null
                && header.generation() == null
                && machine.generation() == loadedGeneration;
    }

    public UUID machineId() {
        return machineId;
    }

    public LoadPath loadPath() {
        return loadPath;
    }

    public List<String> flags() {
        return flags;
    }

    public List<LoadedSegment> segments() {
        return List.copyOf(segments);
    }

    /** The header's segment, empty until the kernel has looked for it. */
    public Optional<Integer> elfcorehdrIndex() {
        return Optional.ofNullable(elfcorehdrIndex);
    }

    public boolean elfcorehdrUpdated() {
        return elfcorehdrUpdated;
    }

    /** {@code image->elf_headers_sz}: what a file load set aside, not rounded; 0 for kexec_load. */
    public long elfHeadersSizeBytes() {
        return elfHeadersSizeBytes;
    }

    /** The segment that the purgatory's digest left out on purpose; -1 for none. */
    public int digestLeftOutIndex() {
        return digestLeftOutIndex;
    }

    /** SHA-256 that the purgatory checks, as of the load; null when a covered segment's bytes are unknown. */
    public @Nullable String purgatoryDigest() {
        return purgatoryDigest;
    }

    /** The header, empty while no segment is known to hold one. */
    public Optional<HeaderInForce> header() {
        return Optional.ofNullable(header);
    }

    /** Memory that is removed but that the header lists until its next rebuild. */
    public List<PhysicalRange> stillListed() {
        return stillListed;
    }

    /** Records what the newest memory event took out, which Linux lists until the next; of very many ranges the first. */
    public void removedLast(List<PhysicalRange> removed) {
        removedLast = removed.stream().limit(MOST_REMOVED).toList();
    }

    /** What the newest memory event since the load took out; none if it took nothing out. */
    public List<PhysicalRange> removedLast() {
        return removedLast;
    }

    public Instant loadedAt() {
        return loadedAt;
    }
}
