package io.crashplug.machine;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.persistence.RangesConverter;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.Scope;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** A virtual machine: identity, kernel, CPUs, and the counters that number its layouts and headers. */
@Entity
public class Machine {

    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private UUID id;

    @Version
    private long version = 1;

    private String name;

    /** The name while the machine lives; null once deleted, which frees the name. Unique. */
    @SuppressWarnings("UnusedVariable") // queries read it
    private @Nullable String liveName;

    private String description;

    @ElementCollection
    @CollectionTable(name = "machine_label", joinColumns = @JoinColumn(name = "machine_id"))
    @MapKeyColumn(name = "label_key")
    @Column(name = "label_value")
    private Map<String, String> labels = new HashMap<>();

    @Embedded
    private Kernel kernel;

    @Column(updatable = false)
    private CpuSet possibleCpus;

    private CpuSet presentCpus;
    private CpuSet onlineCpus;

    @Column(updatable = false)
    private CrashNotes crashNotes;

    @Column(updatable = false)
    private long crashNoteSizeBytes;

    @Column(updatable = false)
    private @Nullable PhysicalRange crashKernel;

    @Column(updatable = false)
    private @Nullable PhysicalRange crashKernelLow;

    @Column(updatable = false)
    @Convert(converter = RangesConverter.class)
    private List<PhysicalRange> crashKernelCma;

    @Column(updatable = false)
    @Enumerated(EnumType.STRING)
    private Exactness exactness;

    private long generation = 1;
    private long headerRevision;

    @ElementCollection
    @CollectionTable(name = "machine_condition", joinColumns = @JoinColumn(name = "machine_id"))
    @MapKeyEnumerated(EnumType.STRING)
    @MapKeyColumn(name = "type")
    private Map<Condition.Type, Condition> conditions = new HashMap<>();

    /** What turned since somebody asked. */
    @Transient
    private final Set<Condition.Type> turned = EnumSet.noneOf(Condition.Type.class);

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;
    private @Nullable Instant deletedAt;

    protected Machine() {}

    Machine(NewMachine facts, Instant now) {
        name = facts.name();
        liveName = name;
        description = facts.description();
        labels.putAll(facts.labels());
        kernel = facts.kernel();
        possibleCpus = facts.layout().cpus().possible();
        take(facts.layout().cpus());
        crashNotes = facts.crashNotes();
        crashNoteSizeBytes = facts.crashNoteSizeBytes();
        crashKernel = facts.crashKernel().high();
        crashKernelLow = facts.crashKernel().low();
        crashKernelCma = facts.crashKernel().cma();
        exactness = facts.exactness();
        createdAt = now;
        updatedAt = now;
    }

    /**
     * Ends the request with precondition-failed unless the version is the one the client wants to change.
     */
    public void requireVersion(LongPredicate isExpected) {
        if (!isExpected.test(version)) {
            throw Problem.of(
                            ProblemType.PRECONDITION_FAILED,
                            "the machine is at version %d, which If-Match does not name".formatted(version))
                    .with("version", version)
                    .toException();
        }
    }

    /** Takes the CPUs of a changed layout over and counts it. */
    public void layoutChanged(Cpus cpus, Instant now) {
        take(cpus);
        generation++;
        updatedAt = now;
    }

    private void take(Cpus cpus) {
        presentCpus = cpus.present();
        onlineCpus = cpus.online();
    }

    /** The number of the next revision of the header's bytes. Numbers continue across loads. */
    public long nextHeaderRevision(Instant now) {
        updatedAt = now;
        return ++headerRevision;
    }

    /** Counts a change of what the machine shows of its crash image. */
    public void imageChanged(Instant now) {
        updatedAt = now;
    }

    /** Records what was found of the conditions. */
    public void observe(Map<Condition.Type, Condition.Finding> findings, Instant now) {
        findings.forEach((type, finding) -> {
            var before = conditions.get(type);
            var after = Condition.following(before, finding, now);
            if (!after.equals(before)) {
                conditions.put(type, after);
                updatedAt = now;
                if (before == null || before.status() != after.status()) {
                    turned.add(type);
                }
            }
        });
    }

    /** The condition as it was found last, if its status is another one since it was taken. */
    public Optional<Condition> takeTurned(Condition.Type type) {
        return turned.remove(type) ? Optional.ofNullable(conditions.get(type)) : Optional.empty();
    }

    void describe(String newName, Map<String, String> newLabels, String newDescription, Instant now) {
        name = newName;
        liveName = newName;
        description = newDescription;
        labels.keySet().retainAll(newLabels.keySet());
        labels.putAll(newLabels);
        updatedAt = now;
    }

    /** Frees the name; labels and conditions are of machines that live. */
    void delete(Instant now) {
        liveName = null;
        labels.clear();
        conditions.clear();
        deletedAt = now;
        updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    /** Counts the stored changes of the representation, from 1; current only after a flush. */
    public long version() {
        return version;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    public Map<String, String> labels() {
        return Map.copyOf(labels);
    }

    /** Whether it is among the machines of a scope; labels are read only where that depends on them. */
    boolean isWithin(Scope scope) {
        return scope.isEverything() || scope.covers(labels);
    }

    public Kernel kernel() {
        return kernel;
    }

    public Cpus cpus() {
        return new Cpus(possibleCpus, presentCpus, onlineCpus);
    }

    public CrashNotes crashNotes() {
        return crashNotes;
    }

    public long crashNoteSizeBytes() {
        return crashNoteSizeBytes;
    }

    public CrashKernel crashKernel() {
        return new CrashKernel(crashKernel, crashKernelLow, crashKernelCma);
    }

    /** What a header is built from while {@code memory} is listed and these CPUs are there. */
    public HeaderInputs headerInputs(Cpus cpus, CrashMemory memory) {
        var vmcoreinfo = kernel.vmcoreinfo();
        return new HeaderInputs(
                cpus.possible(),
                cpus.present(),
                crashNotes,
                crashNoteSizeBytes,
                vmcoreinfo == null ? Vmcoreinfo.UNKNOWN : vmcoreinfo,
                kernel.text(),
                kernel.pageOffset(),
                memory,
                crashKernel());
    }

    public Exactness exactness() {
        return exactness;
    }

    /** Number of the layout, from 1. */
    public long generation() {
        return generation;
    }

    public Map<Condition.Type, Condition> conditions() {
        return Map.copyOf(conditions);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }
}
