package io.crashplug.verification;

import static io.crashplug.verification.Reason.Code.MATCHES_CURRENT;
import static io.crashplug.verification.Reason.Code.MATCHES_LAYOUT;
import static io.crashplug.verification.Reason.Code.MATCHES_REVISION;
import static io.crashplug.verification.Reason.Code.STALE_TAIL;
import static io.crashplug.verification.Reason.Code.UNEXPLAINED;

import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.ListedCpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a dump with the revisions of a machine's header and, where it equals none, with the header that follows from
 * what it lists. A difference is explained only if a header with just that difference has the dump's very bytes.
 */
public final class Analysis {

    private final Dump dump;
    private final MachineFacts machine;
    private final Revisions revisions;
    private final CompletedFacts facts;
    private final ListedMemory memory;
    private final Explanation explanation;

    private Analysis(Dump dump, MachineFacts machine, Revisions revisions) {
        this.dump = dump;
        this.machine = machine;
        this.revisions = revisions;
        facts = new CompletedFacts(machine, dump);
        memory = new ListedMemory(
                dump.memory(), machine.layout().memory().ranges(), machine.removedLast(), machine::isNeverListed);
        explanation = new Explanation(machine, memory, facts.listedCpus());
    }

    /** What holds of the dump. */
    public static Verification of(Dump dump, MachineFacts machine, Revisions revisions) {
        return new Analysis(dump, machine, revisions).verification();
    }

    private Verification verification() {
        var search = new RevisionSearch(dump, revisions);
        var equal = search.equal();
        var guesses = new Guesses(dump, machine, facts);
        var guess = equal.isPresent() ? Optional.<Guess>empty() : guesses.best(memory.memory(), revisions.current());
        var expected = equal.flatMap(Expected::of).or(() -> guess.map(Guess::expected));
        boolean kexecTools = guess.map(Guess::kexecTools).orElse(KexecTools.isFormatOf(dump.ram()));

        var reasons = new ArrayList<Reason>();
        equal.ifPresent(revision -> reasons.add(matches(revision)));
        guess.filter(it -> isTheLayout(it))
                .ifPresent(it -> reasons.add(new Reason(
                        MATCHES_LAYOUT, "the dump equals a rebuild of the layout, which no revision equals")));
        departures(kexecTools, reasons);
        var unexplained = new ArrayList<String>();
        expected.map(it -> Rest.of(dump, it, revisions, facts.inputs().pageOffset()))
                .ifPresent(rest -> {
                    rest.staleTailSentence().ifPresent(tail -> reasons.add(new Reason(STALE_TAIL, tail)));
                    rest.unexplainedSentence().ifPresent(unexplained::add);
                });
        guess.filter(it -> !it.comparison().isEqual())
                .ifPresent(it -> unexplained.add(
                        0,
                        "beside %s, %s"
                                .formatted(it.expected().name(), it.comparison().sentence())));
        if (expected.isEmpty()) {
            unexplained.add("no header can be built of the memory that is listed");
        }
        if (!unexplained.isEmpty()) {
            reasons.add(new Reason(UNEXPLAINED, String.join("; ", unexplained)));
        }
        var scope = new Scope(dump, expected);
        return new Verification(
                scope.kind(),
                dump.header().phdrs().size(),
                dump.usedBytes(),
                equal.map(it -> new Verification.Equal(it.number(), it.current()))
                        .orElse(null),
                equal.isPresent() ? null : search.nearest(),
                scope.compared(),
                scope.notCompared(guesses.notCompared()),
                reasons);
    }

    private static Reason matches(Revision revision) {
        return revision.current()
                ? new Reason(
                        MATCHES_CURRENT, "the dump equals revision %d, which is in force".formatted(revision.number()))
                : new Reason(MATCHES_REVISION, "the dump equals the older revision %d".formatted(revision.number()));
    }

    private boolean isTheLayout(Guess guess) {
        return guess.comparison().isEqual()
                && !guess.kexecTools()
                && explanation.listsTheLayout()
                && (!hasNotesOfPresentCpus(false)
                        || facts.listedCpus().equals(machine.layout().cpus().present()));
    }

    private boolean hasNotesOfPresentCpus(boolean kexecTools) {
        boolean ofPresent = kexecTools || machine.profile().listedCpus() != ListedCpus.POSSIBLE;
        return ofPresent && dump.kind() != DumpKind.VMCORE;
    }

    private void departures(boolean kexecTools, List<Reason> reasons) {
        boolean withCpus = hasNotesOfPresentCpus(kexecTools);
        if (kexecTools) {
            reasons.add(explanation.ofKexecTools());
            reasons.addAll(
                    explanation.ofNotRewritten("the kernel has not rewritten the header since its load", withCpus));
        } else if (!machine.rewrites()) {
            reasons.addAll(explanation.ofNotRewritten("the kernel does not rewrite the header", withCpus));
        } else {
            var tooLarge = tooLarge();
            reasons.addAll(
                    tooLarge.isPresent()
                            ? explanation.ofNotRewritten(tooLarge.get(), withCpus)
                            : explanation.ofRewritten());
        }
        if (facts.tellsWhoseNotesAreListed()) {
            reasons.addAll(explanation.ofCpus());
        }
    }

    /** That a rebuild of the layout finds no room, so that the kernel kept an older header. */
    private Optional<String> tooLarge() {
        var segment = revisions.segment();
        if (segment.isEmpty()
                || !(ElfCoreHeader.build(machine.profile(), machine.inputs()) instanceof HeaderBuild.Built built)
                || Long.compareUnsigned(built.header().elfsz(), segment.get().memszBytes()) <= 0) {
            return Optional.empty();
        }
        return Optional.of("a rebuild of the layout does not fit: elfsz %d, memsz %s"
                .formatted(
                        built.header().elfsz(),
                        Long.toUnsignedString(segment.get().memszBytes())));
    }
}
