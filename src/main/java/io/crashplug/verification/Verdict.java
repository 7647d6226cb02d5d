package io.crashplug.verification;

import io.crashplug.machine.Condition;
import io.crashplug.machine.Condition.Finding;
import io.crashplug.machine.Condition.Status;
import java.util.stream.Collectors;

/** What a verification says of the condition {@code Verified}. */
final class Verdict {

    private Verdict() {}

    /** Whether it tells of the header in force: a vmcore is of an earlier crash, unless it equals that very header. */
    static boolean isOfTheHeaderInForce(Verification found) {
        return found.kind() != DumpKind.VMCORE || matchesCurrent(found);
    }

    private static boolean matchesCurrent(Verification found) {
        return found.equal() != null && found.equal().current() && found.isExplained();
    }

    static Condition.Finding of(long sequence, Verification found) {
        if (matchesCurrent(found)) {
            return new Finding(
                    Status.True,
                    "MatchesCurrent",
                    "verification %d: the guest holds revision %d, which is in force"
                            .formatted(sequence, found.equal().revision()));
        }
        var codes = found.reasons().stream().map(reason -> reason.code().name()).collect(Collectors.joining(", "));
        return new Finding(
                Status.False,
                "VerificationFailed",
                "verification %d: the guest holds another header than the one in force: %s".formatted(sequence, codes));
    }
}
