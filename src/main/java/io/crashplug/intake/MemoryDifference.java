package io.crashplug.intake;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.hotplug.Change;
import io.crashplug.hotplug.Change.MemoryTarget;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The changes between the System RAM that is known and what a source tells of it. Removals come first. */
final class MemoryDifference {

    private final List<InstalledRange> before;
    private final List<Change> removals = new ArrayList<>();
    private final List<Change> additions = new ArrayList<>();

    private MemoryDifference(List<InstalledRange> before) {
        this.before = before;
    }

    static List<Change> between(
            List<InstalledRange> before, LayoutTarget target, List<Origin> from, List<GuestImport.Warning> warnings) {
        var difference = new MemoryDifference(before);
        var listing = target.listing();
        var devices = target.devices();
        from.add(LayoutDifference.origin(Origin.BOOT_MEMORY, listing != null));
        from.add(LayoutDifference.origin(Origin.DEVICE_MEMORY, listing != null || devices != null));
        if (listing != null) {
            difference.toListing(listing);
        } else if (devices != null) {
            difference.toDevices(devices, target.others());
        }
        var changes = new ArrayList<>(difference.removals);
        changes.addAll(difference.additions);
        if (!difference.additions.isEmpty()) {
            warnings.add(new GuestImport.Warning(
                    "online-assumed",
                    "%s does not tell which memory is online; what is new was taken for online"
                            .formatted(target.name())));
        }
        return changes;
    }

    /** What is listed as it was stays, with what is known of its device and of its offline parts. */
    private void toListing(List<InstalledRange> listing) {
        var listed = new HashMap<Long, InstalledRange>();
        listing.forEach(range -> listed.put(range.range().start(), range));
        for (var known : before) {
            var now = listed.remove(known.range().start());
            if (now == null) {
                remove(known.range());
            } else if (known.device() != null && known.device().merges()) {
                resize(known.range(), now.range(), known.device());
            } else if (!known.range().equals(now.range())) {
                remove(known.range());
                add(now);
            }
        }
        listing.stream().filter(range -> listed.containsValue(range)).forEach(this::add);
    }

    /** Memory that belongs to no device is that which the guest has booted with, and stays. */
    private void toDevices(List<DeviceMemory> devices, List<String> others) {
        var known = new LinkedHashMap<String, List<InstalledRange>>();
        for (var range : before) {
            var device = range.device();
            if (device != null) {
                known.computeIfAbsent(device.id(), id -> new ArrayList<>()).add(range);
            }
        }
        for (var device : devices) {
            var id = idOf(device, known);
            var had = known.remove(id);
            if (device.isKnown()) {
                to(device.range().orElse(null), had == null ? List.of() : had);
            }
        }
        others.forEach(known::remove);
        known.values().stream().flatMap(List::stream).forEach(gone -> remove(gone.range()));
    }

    /** The guest has another name for virtio-mem than its hypervisor, but it lies at the same place. */
    private static String idOf(DeviceMemory device, Map<String, List<InstalledRange>> known) {
        if (known.containsKey(device.device().id())
                || device.device().type() != MemoryDevice.Type.VIRTIO_MEM
                || device.range().isEmpty()) {
            return device.device().id();
        }
        long start = device.range().get().range().start();
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().get(0).range().start() == start
                        && entry.getValue().get(0).device() != null
                        && entry.getValue().get(0).device().merges())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(device.device().id());
    }

    private void to(@Nullable InstalledRange now, List<InstalledRange> had) {
        if (now == null) {
            had.forEach(gone -> remove(gone.range()));
            return;
        }
        var same = had.size() == 1 ? had.get(0) : null;
        if (same != null
                && same.device() != null
                && same.device().merges()
                && same.range().start() == now.range().start()) {
            resize(same.range(), now.range(), same.device());
        } else if (had.stream().anyMatch(range -> range.range().equals(now.range()))) {
            had.stream().filter(range -> !range.range().equals(now.range())).forEach(gone -> remove(gone.range()));
        } else if (had.isEmpty() && isBootMemory(now.range())) {
            // The guest told of it before, and could not know which device it is.
            return;
        } else {
            had.forEach(gone -> remove(gone.range()));
            add(now);
        }
    }

    private boolean isBootMemory(PhysicalRange range) {
        return before.stream()
                .anyMatch(known -> known.device() == null && known.range().equals(range));
    }

    /** From one range of a device that grows and shrinks at its end to another one that begins there. */
    private void resize(PhysicalRange from, PhysicalRange to, MemoryDevice device) {
        if (to.end() < from.end()) {
            remove(new PhysicalRange(to.end() + 1, from.end()));
        } else if (to.end() > from.end()) {
            additions.add(new Change.AddMemory(new PhysicalRange(from.end() + 1, to.end()), device, true));
        }
    }

    private void remove(PhysicalRange range) {
        removals.add(new Change.RemoveMemory(new MemoryTarget(range, null), null));
    }

    private void add(InstalledRange range) {
        additions.add(new Change.AddMemory(range.range(), range.device(), true));
    }
}
