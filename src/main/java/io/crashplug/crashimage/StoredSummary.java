package io.crashplug.crashimage;

import io.crashplug.elfcore.LoadPath;
import io.crashplug.machine.CrashImageSummary;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A machine's image as it is shown with the machine. */
record StoredSummary(
        UUID machine,
        LoadPath loadPath,
        @Nullable Integer elfcorehdrIndex,
        @Nullable Long revision,
        @Nullable Long generation,
        Instant loadedAt) {

    CrashImageSummary summary() {
        return new CrashImageSummary(loadPath, elfcorehdrIndex, revision, generation, loadedAt);
    }
}
