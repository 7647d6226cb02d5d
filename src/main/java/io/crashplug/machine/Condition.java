package io.crashplug.machine;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a machine, in the manner of Kubernetes.
 *
 * @param reason why, as one word for programs
 * @param message why, as a sentence with the numbers
 * @param lastTransitionTime when the status last changed
 */
@Embeddable
public record Condition(
        @Enumerated(EnumType.STRING) Status status, String reason, String message, Instant lastTransitionTime) {

    /** What a condition is about. */
    public enum Type {
        /** A crash now would leave a complete dump. */
        KdumpReady,
        /** The header in force equals a rebuild of the layout. */
        HeaderCurrent,
        /** A rebuild of the layout fits the header's segment. */
        HeaderFits,
        /** The header was compared with bytes dumped from the guest. */
        Verified
    }

    /** Whether a condition holds. */
    public enum Status {
        True,
        False,
        Unknown
    }

    /**
     * What was found of a condition, before it is known since when.
     *
     * @see Condition
     */
    public record Finding(Status status, String reason, String message) {}

    /** The finding as a condition: the time of the last transition stays while the status does. */
    static Condition following(@Nullable Condition before, Finding finding, Instant now) {
        var since = before != null && before.status == finding.status() ? before.lastTransitionTime : now;
        return new Condition(finding.status(), finding.reason(), finding.message(), since);
    }
}
