package io.crashplug.storecheck;

import static io.crashplug.storecheck.Check.HEADER_GENERATION;
import static io.crashplug.storecheck.Check.REVISION_NEWEST;
import static io.crashplug.storecheck.Check.REVISION_SEQUENCE;

import io.crashplug.header.AuditRevisions;
import io.crashplug.header.AuditedRevision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads all revisions of a machine and checks each by itself and how they follow each other. */
@Component
class CheckRevisions {

    private final AuditRevisions revisions;

    CheckRevisions(AuditRevisions revisions) {
        this.revisions = revisions;
    }

    /** The newest revision; null if none is kept. */
    @Nullable
    AuditedRevision check(StoredMachine machine, Findings findings) {
        var walk = new Walk(machine, findings);
        revisions.show(machine.id(), walk::next);
        walk.end();
        return walk.newest;
    }

    private static final class Walk {

        private final StoredMachine machine;
        private final Findings findings;
        private long expected;
        private long generation;
        private @Nullable AuditedRevision newest;

        private Walk(StoredMachine machine, Findings findings) {
            this.machine = machine;
            this.findings = findings;
            this.expected = machine.revisionsFrom();
        }

        private void next(AuditedRevision audited) {
            long number = audited.revision().revision();
            if (number != expected) {
                findings.ofRevision(
                        number,
                        REVISION_SEQUENCE,
                        "%s before revision %d"
                                .formatted(
                                        HistoryChain.missing("revision", "revisions", expected, number - 1), number));
            }
            expected = number + 1;
            newest = audited;
            followGeneration(number, audited.revision().inForce().generation());
            new CheckRevision(audited, number >= machine.inputsFrom(), findings).run();
        }

        private void followGeneration(long number, @Nullable Long its) {
            if (its == null) {
                return;
            }
            if (its > machine.generation()) {
                findings.ofRevision(
                        number,
                        HEADER_GENERATION,
                        "revision %d is of generation %d, the machine is at %d"
                                .formatted(number, its, machine.generation()));
            } else if (its < generation) {
                findings.ofRevision(
                        number,
                        HEADER_GENERATION,
                        "revision %d is of generation %d, one before it of %d".formatted(number, its, generation));
            }
            generation = its > machine.generation() ? generation : Math.max(generation, its);
        }

        /** Compares the newest revision with the machine and its image. */
        private void end() {
            long kept = expected - 1;
            var inForce = machine.inForce();
            if (kept != machine.newestRevision() || (inForce != null && inForce != kept)) {
                findings.add(
                        REVISION_NEWEST,
                        "the newest revision kept is %d, the machine's is %d, in force is %s"
                                .formatted(
                                        kept, machine.newestRevision(), Objects.requireNonNullElse(inForce, "none")));
                return;
            }
            boolean unloaded = newest != null && newest.revision().unloadedAt().isPresent();
            if (newest != null && unloaded == (inForce != null)) {
                findings.ofRevision(
                        kept,
                        REVISION_NEWEST,
                        unloaded
                                ? "revision %d is in force, and yet was unloaded".formatted(kept)
                                : "revision %d was not unloaded, and yet none is in force".formatted(kept));
            }
        }
    }
}
