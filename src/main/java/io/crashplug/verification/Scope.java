package io.crashplug.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what of a dump was compared and what could not be. */
final class Scope {

    private final Dump dump;
    private final Optional<Expected> expected;

    Scope(Dump dump, Optional<Expected> expected) {
        this.dump = dump;
        this.expected = expected;
    }

    /** What the dump is, now that it is known how long its header is: possible CPUs may make it longer than it looks. */
    DumpKind kind() {
        boolean allHeader = expected.filter(it -> !it.fillsSegment() && dump.length() <= it.endBytes())
                .isPresent();
        return dump.kind() == DumpKind.SEGMENT && allHeader ? DumpKind.HEADER : dump.kind();
    }

    List<String> compared() {
        if (expected.isEmpty()) {
            return List.of();
        }
        int phdrs = expected.get().asIn(dump).phdrs().size();
        var name = expected.get().name();
        if (dump.kind() == DumpKind.VMCORE) {
            return List.of("the ELF header and %d PT_LOADs, with what the capture kernel makes of %s"
                    .formatted(phdrs - 1, name));
        }
        return List.of(
                "the ELF header and %d program headers, with %s".formatted(phdrs, name),
                "all %d bytes dumped, with the zeros or the older bytes that belong behind a header"
                        .formatted(dump.length()));
    }

    /** Sentences, after those of what was taken from the dump. */
    List<String> notCompared(List<String> taken) {
        var sentences = new ArrayList<>(taken);
        if (dump.kind() == DumpKind.VMCORE) {
            sentences.add("file offsets are rewritten: the physical addresses that p_offset held cannot be told");
            sentences.add("notes are merged: which CPUs they are of cannot be told, nor where they lay");
            sentences.add("what follows the program headers is the dump itself, not the header");
        }
        expected.filter(it -> dump.kind() != DumpKind.VMCORE && !it.fillsSegment() && dump.length() < it.endBytes())
                .ifPresent(it -> sentences.add(
                        "bytes %d to %d of the header were not dumped".formatted(dump.length(), it.endBytes() - 1)));
        return sentences;
    }
}
