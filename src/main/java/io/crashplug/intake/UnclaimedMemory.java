package io.crashplug.intake;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The System RAM that is known and was not found yet among what a hypervisor tells. */
final class UnclaimedMemory {

    private final Set<InstalledRange> left;
    private final Map<String, List<InstalledRange>> byDevice = new HashMap<>();
    private final NavigableMap<Long, InstalledRange> byStart = new TreeMap<>();

    UnclaimedMemory(List<InstalledRange> known) {
        left = new LinkedHashSet<>(known);
        for (var range : known) {
            byStart.put(range.range().start(), range);
            if (range.device() != null) {
                byDevice.computeIfAbsent(range.device().id(), id -> new ArrayList<>())
                        .add(range);
            }
        }
    }

    /**
     * Takes what is known of a device, ascending: that of its id, and for virtio-mem all that lies in it. The guest has another
     * name for it than its hypervisor, and a header tells of no devices.
     */
    List<InstalledRange> take(DeviceMemory device) {
        var ofId = byDevice.getOrDefault(device.device().id(), List.of());
        var inside = device.device().merges()
                ? device.blocks().stream().flatMap(this::inside)
                : Stream.<InstalledRange>empty();
        return Stream.concat(ofId.stream(), inside)
                .filter(left::remove)
                .sorted(Comparator.comparing(InstalledRange::range))
                .toList();
    }

    private Stream<InstalledRange> inside(PhysicalRange blocks) {
        return byStart.subMap(blocks.start(), true, blocks.end(), true).values().stream()
                .filter(range -> blocks.contains(range.range()))
                .filter(MemoryDifference::mayMerge);
    }

    /** What no device has taken. */
    Stream<InstalledRange> left() {
        return left.stream();
    }
}
