package io.crashplug.verification.web;

import io.crashplug.verification.DumpKind;
import io.crashplug.verification.Reason;
import io.crashplug.verification.Verification;
import io.crashplug.verification.VerificationRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a verification found, as it is answered. */
@Schema(name = "Verification")
record VerificationJson(
        long sequence,
        UUID machineId,
        Instant at,
        String actor,
        String requestId,

        @Schema(description = "The header, its whole segment, or what the capture kernel shows as /proc/vmcore")
        DumpKind kind,

        int dumpSizeBytes,

        @Schema(description = "SHA-256 of what was posted") String dumpSha256,

        @Schema(description = "Program headers that the dump has")
        int phdrCount,

        @Schema(description = "Bytes up to the end of its last program header")
        long usedBytes,

        @Schema(description = "The revision that the dump equals; null if none does") @Nullable
        EqualJson matches,

        @Schema(description = "Where none equals, the one that differs least") @Nullable
        NearestJson nearest,

        @Schema(description = "Whether every difference is explained")
        boolean explained,

        @Schema(description = "What holds; several can at once")
        List<ReasonJson> reasons,

        @Schema(description = "Unless explained, the differences from the nearest revision, line by line")
        List<String> differences,

        @Schema(description = "What was compared") List<String> compared,

        @Schema(description = "What could not be compared, and what was taken from the dump itself")
        List<String> notCompared) {

    @Schema(name = "VerificationMatch")
    record EqualJson(
            long revision,

            @Schema(description = "Whether it was in force") boolean current) {}

    @Schema(name = "VerificationNearest")
    record NearestJson(long revision, boolean current, int phdrsOnlyInDump, int phdrsOnlyInRevision) {}

    @Schema(name = "VerificationReason")
    record ReasonJson(Reason.Code code, String detail) {}

    static VerificationJson of(VerificationRecord verification) {
        var found = verification.found();
        return new VerificationJson(
                verification.sequence(),
                verification.machineId(),
                verification.at(),
                verification.actor(),
                verification.requestId(),
                found.kind(),
                verification.dumpBytes(),
                verification.dumpSha256(),
                found.phdrCount(),
                found.usedBytes(),
                equal(found.equal()),
                nearest(found.nearest()),
                found.isExplained(),
                found.reasons().stream()
                        .map(reason -> new ReasonJson(reason.code(), reason.detail()))
                        .toList(),
                verification.differences(),
                found.compared(),
                found.notCompared());
    }

    private static @Nullable EqualJson equal(Verification.@Nullable Equal equal) {
        return equal == null ? null : new EqualJson(equal.revision(), equal.current());
    }

    private static @Nullable NearestJson nearest(Verification.@Nullable Nearest nearest) {
        return nearest == null
                ? null
                : new NearestJson(
                        nearest.revision(),
                        nearest.current(),
                        nearest.phdrsOnlyInDump(),
                        nearest.phdrsOnlyInRevision());
    }
}
