package io.crashplug.intake;

import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names by which virtio-mem devices are known: the guest has other ones than its hypervisor. */
final class KnownNames {

    private final NavigableMap<Long, Known> byStart = new TreeMap<>();

    private record Known(InstalledRange range, MemoryDevice device) {}

    KnownNames(List<InstalledRange> known) {
        for (var range : known) {
            var device = range.device();
            if (device != null && device.merges()) {
                byStart.put(range.range().start(), new Known(range, device));
            }
        }
    }

    /** What a guest lists, of the devices by the names by which they are known; as it is if two were one device then. */
    InstalledMemory in(InstalledMemory listing) {
        var names = new HashMap<String, MemoryDevice>();
        for (var range : listing.ranges()) {
            var at = byStart.floorEntry(range.range().end());
            if (range.device() != null
                    && at != null
                    && at.getValue().range().range().overlaps(range.range())) {
                names.putIfAbsent(range.device().id(), at.getValue().device());
            }
        }
        var own = listing.ranges().stream()
                .flatMap(range -> Stream.ofNullable(range.device()))
                .map(MemoryDevice::id)
                .collect(Collectors.toSet());
        long different = own.stream()
                .map(id ->
                        Optional.ofNullable(names.get(id)).map(MemoryDevice::id).orElse(id))
                .distinct()
                .count();
        return different < own.size()
                ? listing
                : InstalledMemory.of(listing.ranges().stream()
                        .map(range -> named(range, names))
                        .toList());
    }

    private static InstalledRange named(InstalledRange range, Map<String, MemoryDevice> names) {
        return range.device() == null
                ? range
                : new InstalledRange(
                        range.range(),
                        range.offlineParts(),
                        names.getOrDefault(range.device().id(), range.device()));
    }
}
