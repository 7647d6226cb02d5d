package io.crashplug.crashimage;

import io.crashplug.machine.CrashImageSummaries;
import io.crashplug.machine.CrashImageSummary;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells machines of their images. */
@Component
class StoredSummaries implements CrashImageSummaries {

    private final CrashImageRepository images;

    StoredSummaries(CrashImageRepository images) {
        this.images = images;
    }

    @Override
    public Map<UUID, CrashImageSummary> of(Collection<UUID> machines) {
        return machines.isEmpty()
                ? Map.of()
                : images.summaries(machines).stream()
                        .collect(Collectors.toMap(StoredSummary::machine, StoredSummary::summary));
    }
}
