package io.crashplug.verification;

import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies behind the last program header of a dump: zeros up to the header's end, and then zeros too or what a longer
 * header left.
 *
 * @param staleTail sentence: what a longer header left; null if nothing is left
 * @param unexplained sentence: which bytes belong to neither; null if none
 */
record Rest(@Nullable String staleTail, @Nullable String unexplained) {

    static Rest of(Dump dump, Expected expected, Revisions revisions, long pageOffset) {
        long used = Elf64Ehdr.SIZE_BYTES
                + (long) Elf64Phdr.SIZE_BYTES * expected.asIn(dump).phdrs().size();
        if (dump.kind() == DumpKind.VMCORE) {
            // The notes begin at the next page.
            return padding(
                    dump.firstNonZero(used, expected.asIn(dump).phdrs().get(0).offset()));
        }
        int odd = dump.firstNonZero(used, expected.endBytes());
        int tail = dump.firstNonZero(expected.endBytes(), dump.length());
        if (odd >= 0 || tail < 0) {
            return padding(odd);
        }
        var origin = StaleTail.origin(dump, expected.endBytes(), revisions, pageOffset);
        return origin == null
                ? new Rest(null, "byte %d, behind the header, is part of no longer header".formatted(tail))
                : new Rest("from byte %d on lies what a longer header left: %s".formatted(tail, origin), null);
    }

    private static Rest padding(int odd) {
        return odd < 0
                ? new Rest(null, null)
                : new Rest(null, "byte %d, behind the last program header, is not zero".formatted(odd));
    }

    Optional<String> staleTailSentence() {
        return Optional.ofNullable(staleTail);
    }

    Optional<String> unexplainedSentence() {
        return Optional.ofNullable(unexplained);
    }
}
