package io.crashplug.storecheck;

import static io.crashplug.storecheck.Check.HISTORY_END;
import static io.crashplug.storecheck.Check.HISTORY_GENERATION;
import static io.crashplug.storecheck.Check.HISTORY_HEADER;
import static io.crashplug.storecheck.Check.HISTORY_SEQUENCE;
import static io.crashplug.storecheck.Check.READABLE;

import java.util.ArrayList;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Follows a history from its first entry to its last: each must begin where the one before ended. What an entry gets
 * wrong is reported once: the next one is not held against it.
 */
final class HistoryChain {

    private final Findings findings;
    private final LongFunction<@Nullable String> sha256OfRevision;

    private long sequence;
    private long generation = 1;
    private long newestRevision;
    private @Nullable String sha256;

    /** Whether the entry before may be relied upon. */
    private boolean generationKnown = true;

    private boolean headerKnown = true;
    private boolean revisionKnown = true;

    /** @param sha256OfRevision what a revision hashes to, asked by rising numbers; null if that cannot be relied upon */
    HistoryChain(Findings findings, LongFunction<@Nullable String> sha256OfRevision) {
        this.findings = findings;
        this.sha256OfRevision = sha256OfRevision;
    }

    void next(StoredEntry entry) {
        if (entry.sequence() != sequence + 1) {
            findings.ofEntry(
                    entry.sequence(),
                    HISTORY_SEQUENCE,
                    "%s before entry %d"
                            .formatted(
                                    missing("entry", "entries", sequence + 1, entry.sequence() - 1), entry.sequence()));
            forget();
        }
        sequence = entry.sequence();
        if (entry.isReadable()) {
            followGeneration(entry);
            followHeader(entry);
        } else {
            findings.ofEntry(
                    sequence, READABLE, "entry %d has the unknown outcome %s".formatted(sequence, entry.outcome()));
            forget();
        }
    }

    /** The entry before says nothing of what the next one must begin with. */
    private void forget() {
        generationKnown = false;
        headerKnown = false;
        revisionKnown = false;
    }

    static String missing(String one, String several, long first, long last) {
        return first >= last
                ? "%s %d is missing".formatted(one, first)
                : "%s %d to %d are missing".formatted(several, first, last);
    }

    private void followGeneration(StoredEntry entry) {
        long before = entry.generationBefore();
        long after = entry.generationAfter();
        var wrong = generationKnown && before != generation
                ? "begins at generation %d, the one before ended at %d".formatted(before, generation)
                : after < before || after > before + entry.mostGenerations()
                        ? "goes from generation %d to %d".formatted(before, after)
                        : null;
        if (wrong != null) {
            findings.ofEntry(
                    sequence, HISTORY_GENERATION, "entry %d (%s) %s".formatted(sequence, entry.outcome(), wrong));
        }
        generation = after;
        generationKnown = wrong == null;
    }

    private void followHeader(StoredEntry entry) {
        var wrong = wrongWithHeader(entry);
        var revision = entry.revision();
        var written = entry.writesHeader() && revision != null ? sha256OfRevision.apply(revision) : null;
        boolean miswritten = written != null && !written.equals(entry.sha256After());
        if (wrong == null && miswritten) {
            wrong = "it wrote revision %d with SHA-256 %s, which has %s"
                    .formatted(revision, entry.sha256After(), written);
        }
        if (wrong != null) {
            findings.ofEntry(sequence, HISTORY_HEADER, "entry %d (%s): %s".formatted(sequence, entry.outcome(), wrong));
        }
        if (entry.namesHeader() || entry.endsHeader()) {
            sha256 = miswritten ? written : entry.sha256After();
            headerKnown = wrong == null || miswritten;
        }
        if (entry.namesHeader() && revision != null) {
            newestRevision = revision;
            revisionKnown = wrong == null || miswritten;
        }
    }

    private @Nullable String wrongWithHeader(StoredEntry entry) {
        if (!entry.namesHeader()) {
            return !headerKnown || sha256 == null || entry.maySayNothing()
                    ? null
                    : "it says nothing of the header with SHA-256 %s, which the one before left".formatted(sha256);
        }
        if (headerKnown && !Objects.equals(entry.sha256Before(), sha256)) {
            return "it found the header with SHA-256 %s, the one before left %s"
                    .formatted(entry.sha256Before(), sha256);
        }
        var revision = entry.unloads() ? null : Long.valueOf(newestRevision + (entry.writesHeader() ? 1 : 0));
        if (revisionKnown && !Objects.equals(entry.revision(), revision)) {
            return "it left revision %s, not %s".formatted(entry.revision(), revision);
        }
        var left = entry.unloads() ? null : entry.sha256Before();
        if (!entry.writesHeader() && !Objects.equals(entry.sha256After(), left)) {
            return "it left the header with SHA-256 %s, having found %s"
                    .formatted(entry.sha256After(), entry.sha256Before());
        }
        return null;
    }

    /** Compares the end of the history with the machine. */
    void end(StoredMachine machine) {
        var wrong = new ArrayList<String>();
        if (generationKnown && generation != machine.generation()) {
            wrong.add("generation %d, the machine is at %d".formatted(generation, machine.generation()));
        }
        if (revisionKnown
                && !findings.failed(Check.REVISION_NEWEST, Check.REVISION_SEQUENCE)
                && newestRevision != machine.newestRevision()) {
            wrong.add("revision %d, the machine has %d".formatted(newestRevision, machine.newestRevision()));
        }
        if (headerKnown
                && !findings.failed(Check.HEADER_DIGEST, Check.HEADER_REVISION, Check.REVISION_NEWEST)
                && !Objects.equals(sha256, machine.inForceSha256())) {
            wrong.add("header SHA-256 %s, in force is %s".formatted(sha256, machine.inForceSha256()));
        }
        if (!wrong.isEmpty()) {
            findings.add(
                    HISTORY_END, "the history ends at entry %d with %s".formatted(sequence, String.join("; ", wrong)));
        }
    }
}
