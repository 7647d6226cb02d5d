package io.crashplug.machine;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Where machines learn of their crash images; the images' own package provides it. */
public interface CrashImageSummaries {

    /** The summaries of those of the machines that have an image loaded. */
    Map<UUID, CrashImageSummary> of(Collection<UUID> machines);
}
