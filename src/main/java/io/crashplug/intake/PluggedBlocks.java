package io.crashplug.intake;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * What changes of a virtio-mem device whose hypervisor tells how much of it is plugged, and not which blocks. What is known of
 * them stays as far as it goes. Linux plugs the lowest blocks that are free, and begins with the highest when it unplugs:
 * {@code virtio_mem_sbm_plug_request()} and {@code virtio_mem_sbm_unplug_request()}, drivers/virtio/virtio_mem.c, 6.6. Which of
 * them it can unplug, and which are plugged in part, nobody tells.
 *
 * @param removed of what was known
 * @param added beside it
 */
record PluggedBlocks(List<PhysicalRange> removed, List<InstalledRange> added) {

    /**
     * The changes. Blocks that were not known to be of a device are made the device's if any change.
     *
     * @param known to be plugged before, ascending
     * @param told the device; it keeps the name that it is known by
     * @param usable where its blocks may lie
     * @param bytes how much is plugged, in whole blocks
     */
    static PluggedBlocks between(List<InstalledRange> known, MemoryDevice told, PhysicalRange usable, long bytes) {
        var device = known.stream()
                .flatMap(range -> Stream.ofNullable(range.device()))
                .findFirst()
                .orElse(told);
        var changes =
                BlockChanges.between(known.stream().map(InstalledRange::range).toList(), usable, bytes);
        return changes.isNone() ? new PluggedBlocks(List.of(), List.of()) : of(device, known, changes);
    }

    private static PluggedBlocks of(MemoryDevice device, List<InstalledRange> known, BlockChanges changes) {
        var all = new PluggedBlocks(new ArrayList<>(), new ArrayList<>());
        // In their order: what is cut off first is the end of its range only then.
        var gone = new LinkedHashMap<Long, PhysicalRange>();
        changes.removed().forEach(range -> gone.put(range.end(), range));
        for (var range : known) {
            // These lie within the device, so that at most their end was removed.
            if (range.device() == null) {
                var end = gone.remove(range.range().end());
                all.removed.add(range.range());
                long left = range.range().sizeBytes() - (end == null ? 0 : end.sizeBytes());
                if (left > 0) {
                    all.added.add(InstalledRange.of(
                            PhysicalRange.ofSize(range.range().start(), left), range.online(), device));
                }
            }
        }
        all.removed.addAll(gone.values());
        changes.added().forEach(range -> all.added.add(InstalledRange.of(range, true, device)));
        return all;
    }
}
