package io.crashplug.storecheck;

import io.crashplug.hotplug.Outcome;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a history says of the layout and the header, as it is stored.
 *
 * @param namesHeader whether it says anything of a header
 * @param revision number of the header in force afterwards; null for none
 * @param sha256Before of the header that it found; null for none
 * @param sha256After of the header that it left; null for none
 */
record StoredEntry(
        long sequence,
        String outcome,
        long generationBefore,
        long generationAfter,
        boolean namesHeader,
        @Nullable Long revision,
        @Nullable String sha256Before,
        @Nullable String sha256After) {

    private static final Set<String> OUTCOMES = names(Outcome.values());
    private static final Set<String> KEEP_LAYOUT = names(Outcome.LOADED, Outcome.UNLOADED, Outcome.REFUSED);
    private static final Set<String> WRITE_HEADER = names(Outcome.LOADED, Outcome.REBUILT);
    private static final Set<String> SILENT_ON_HEADER = names(Outcome.LOADED, Outcome.REFUSED, Outcome.NO_ELFCOREHDR);

    private static Set<String> names(Outcome... outcomes) {
        return Stream.of(outcomes).map(Outcome::name).collect(Collectors.toUnmodifiableSet());
    }

    boolean isReadable() {
        return OUTCOMES.contains(outcome);
    }

    /** How many generations it may add. */
    int mostGenerations() {
        return KEEP_LAYOUT.contains(outcome) ? 0 : 1;
    }

    boolean writesHeader() {
        return namesHeader && WRITE_HEADER.contains(outcome);
    }

    boolean unloads() {
        return outcome.equals(Outcome.UNLOADED.name());
    }

    /** Whether it may say nothing of a header although one is in force. */
    boolean maySayNothing() {
        return SILENT_ON_HEADER.contains(outcome);
    }

    /** Whether it says that no header is in force any more: an image without one is loaded. */
    boolean endsHeader() {
        return !namesHeader && outcome.equals(Outcome.LOADED.name());
    }
}
