package io.crashplug.header.web;

import io.crashplug.header.HeaderRevision;
import io.crashplug.web.HexAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version of a header's bytes, without them. */
@Schema(name = "Revision")
record RevisionJson(
        @Schema(description = "Counted from 1 over all loads of the machine")
        long revision,

        @Schema(description = "Since when it was in force") Instant at,

        @Schema(
                description = "When the image was unloaded that held it; null if it is in force or another revision"
                        + " followed")
        @Nullable
        Instant unloadedAt,

        @Schema(description = "The layout it was built from; null if it was built elsewhere") @Nullable
        Long generation,

        @Schema(description = "Where its segment lay") HexAddress mem,

        int elfszBytes,
        BigInteger memszBytes,

        @Schema(description = "Program headers emitted") int phdrCount,

        @Schema(description = "SHA-256 of the elfszBytes bytes")
        String sha256,

        @Schema(description = "Bytes that its segment's content takes in the database")
        int storedBytes) {

    static RevisionJson of(HeaderRevision revision) {
        var header = revision.inForce();
        return new RevisionJson(
                revision.revision(),
                header.at(),
                revision.unloadedAt().orElse(null),
                header.generation(),
                new HexAddress(revision.mem()),
                header.elfszBytes(),
                new BigInteger(Long.toUnsignedString(revision.memszBytes())),
                header.phdrCount(),
                header.sha256(),
                revision.storedBytes());
    }
}
