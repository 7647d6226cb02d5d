package io.crashplug.machine;

import io.crashplug.elfcore.LoadPath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The crash image of a machine in short.
 *
 * @param elfcorehdrIndex the header's segment, null while it is not known
 * @param headerRevision number of the header's bytes, null if the image has no header
 * @param headerGeneration the layout the header was built from, null if it was built elsewhere
 */
public record CrashImageSummary(
        LoadPath loadPath,
        @Nullable Integer elfcorehdrIndex,
        @Nullable Long headerRevision,
        @Nullable Long headerGeneration,
        Instant loadedAt) {}
