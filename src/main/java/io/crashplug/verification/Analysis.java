package io.crashplug.verification;

import java.util.List;

/** Compares a dump with the revisions of a machine's header and with what its kernel would build. */
public final class Analysis {

    private Analysis() {}

    /** What holds of the dump. */
    public static Verification of(Dump dump, MachineFacts machine, Revisions revisions) {
        return new Verification(
                dump.kind(),
                dump.header().phdrs().size(),
                dump.usedBytes(),
                revisions
                        .current()
                        .map(it -> new Verification.Equal(it.number(), it.current()))
                        .orElse(null),
                null,
                List.of(machine.profile().name()),
                List.of(),
                List.of());
    }
}
