package io.crashplug.verification;

import io.crashplug.machine.Condition;
import io.crashplug.machine.Condition.Finding;
import io.crashplug.machine.Condition.Status;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a verification says of the condition {@code Verified}. */
final class Verdict {

    private Verdict() {}

    /** Whether it tells of the header in force: a vmcore is of an earlier crash, unless it equals that very header. */
    static boolean isOfTheHeaderInForce(Verification found) {
        return found.kind() != DumpKind.VMCORE || revisionInForce(found).isPresent();
    }

    /** The number of the revision in force, if the dump equals it; empty otherwise. */
    private static OptionalLong revisionInForce(Verification found) {
        var equal = found.equal();
        return equal != null && equal.current() && found.isExplained()
                ? OptionalLong.of(equal.revision())
                : OptionalLong.empty();
    }

    static Condition.Finding of(long sequence, Verification found) {
        var matched = revisionInForce(found);
        if (matched.isPresent()) {
            return new Finding(
                    Status.True,
                    "MatchesCurrent",
                    "verification %d: the guest holds revision %d, which is in force"
                            .formatted(sequence, matched.getAsLong()));
        }
        var codes = found.reasons().stream().map(reason -> reason.code().name()).collect(Collectors.joining(", "));
        return new Finding(
                Status.False,
                "VerificationFailed",
                "verification %d: the guest holds another header than the one in force: %s".formatted(sequence, codes));
    }
}
