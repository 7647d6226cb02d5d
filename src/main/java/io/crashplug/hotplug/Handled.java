package io.crashplug.hotplug;

import io.crashplug.elfcore.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change set, as the history shows it.
 *
 * @param errno why no header could be built; null otherwise
 */
record Handled(
        Outcome outcome,
        String detail,
        @Nullable HeaderChange header,
        @Nullable Errno errno) {

    Handled(Outcome outcome, String detail, @Nullable HeaderChange header) {
        this(outcome, detail, header, null);
    }

    Handled with(HeaderChange change) {
        return new Handled(outcome, detail, change, errno);
    }
}
