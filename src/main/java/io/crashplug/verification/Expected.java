package io.crashplug.verification;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.ElfCoreHeader;
import java.util.Optional;

/**
 * A header that a dump may hold.
 *
 * @param name what it is, for sentences
 * @param endBytes where its bytes end, exclusive; what lies between its last program header and there is zero
 */
record Expected(String name, DecodedHeader header, int endBytes) {

    static Expected of(String name, ElfCoreHeader built) {
        return new Expected(name, DecodedHeader.parse(built.bytes(), built.phdrCount()), built.elfsz());
    }

    static Optional<Expected> of(Revision revision) {
        return revision.decoded()
                .map(header -> new Expected(
                        "revision " + revision.number(),
                        header,
                        revision.header().length()));
    }

    /** Whether nothing but zeros can follow in the segment, so that where the header ends does not matter. */
    boolean fillsSegment() {
        return endBytes == Integer.MAX_VALUE;
    }

    /** As the dump would show it: in a vmcore it is rewritten. */
    DecodedHeader asIn(Dump dump) {
        return dump.kind() == DumpKind.VMCORE
                ? VmcoreForm.of(header, dump.notes().get(0))
                : header;
    }
}
