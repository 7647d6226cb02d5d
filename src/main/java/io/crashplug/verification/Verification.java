package io.crashplug.verification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comparing a dump with a machine's headers gave.
 *
 * @param phdrCount program headers that the dump has
 * @param usedBytes bytes of the dump up to the end of its last program header
 * @param equal the revision that the dump equals; null if none does
 * @param nearest where none equals, the revision that differs least; null if there is no revision to compare with
 * @param compared sentences: what was compared
 * @param notCompared sentences: what could not be compared, and what was taken from the dump itself
 * @param reasons what holds, the most telling first; {@link Reason.Code#UNEXPLAINED} comes last
 */
public record Verification(
        DumpKind kind,
        int phdrCount,
        long usedBytes,
        @Nullable Equal equal,
        @Nullable Nearest nearest,
        List<String> compared,
        List<String> notCompared,
        List<Reason> reasons) {

    public Verification {
        compared = List.copyOf(compared);
        notCompared = List.copyOf(notCompared);
        reasons = List.copyOf(reasons);
    }

    /**
     * A revision that the dump equals.
     *
     * @param current whether it is the one in force
     */
    public record Equal(long revision, boolean current) {}

    /**
     * A revision that differs from the dump.
     *
     * @param current whether it is the one in force
     * @param phdrsOnlyInDump program headers of the dump that the revision does not have
     * @param phdrsOnlyInRevision program headers of the revision that the dump does not have
     */
    public record Nearest(long revision, boolean current, int phdrsOnlyInDump, int phdrsOnlyInRevision) {}

    /** Whether every difference is explained. */
    public boolean isExplained() {
        return reasons.stream().noneMatch(reason -> reason.code() == Reason.Code.UNEXPLAINED);
    }
}
