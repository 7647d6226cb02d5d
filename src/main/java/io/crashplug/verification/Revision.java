package io.crashplug.verification;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import java.util.Optional;

/**
 * A revision of a machine's header.
 *
 * @param number counts the machine's headers, from 1
 * @param current whether it is the one in force
 * @param header its elfsz bytes
 * @param phdrCount program headers it has, which e_phnum holds modulo 65,536
 */
public record Revision(long number, boolean current, HeaderBytes header, int phdrCount) {

    /** Its fields; empty if it is no elfcorehdr, as userspace may have handed over. */
    Optional<DecodedHeader> decoded() {
        try {
            return Optional.of(DecodedHeader.parse(header, phdrCount));
        } catch (NotAnElfCoreHeader e) {
            return Optional.empty();
        }
    }
}
