package io.crashplug.intake;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.hotplug.Change;
import io.crashplug.hotplug.Change.MemoryTarget;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
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
    private void toListing(InstalledMemory listing) {
        var listed = new LinkedHashMap<Long, InstalledRange>();
        new KnownNames(before)
                .in(listing)
                .ranges()
                .forEach(range -> listed.put(range.range().start(), range));
        for (var known : before) {
            var now = listed.remove(known.range().start());
            if (now == null) {
                remove(known.range());
            } else if (known.device() != null && known.device().merges() && isOf(known.device(), now)) {
                resize(known.range(), now.range(), known.device());
            } else if (!known.range().equals(now.range()) || !isOf(known.device(), now)) {
                remove(known.range());
                add(now);
            }
        }
        listed.values().forEach(this::add);
    }

    /** As far as a listing tells, which knows no devices but virtio-mem. */
    private static boolean isOf(@Nullable MemoryDevice known, InstalledRange listed) {
        return known == null
                || !known.merges()
                || listed.device() == null
                || listed.device().id().equals(known.id());
    }

    /** Memory that belongs to no device is that which the guest has booted with, and stays. */
    private void toDevices(List<DeviceMemory> devices, List<String> others) {
        var known = new UnclaimedMemory(before);
        var withoutPlace = EnumSet.noneOf(MemoryDevice.Type.class);
        for (var device : devices) {
            var had = known.take(device);
            if (device.isKnown()) {
                to(device, had);
            } else if (had.isEmpty() && device.base() == null) {
                withoutPlace.add(device.device().type());
            }
        }
        var stay = Set.copyOf(others);
        known.left().forEach(range -> {
            var device = range.device();
            // One that is told without its place may be known by another name.
            if (device != null && !stay.contains(device.id()) && !withoutPlace.contains(device.type())) {
                remove(range.range());
            }
        });
    }

    static boolean mayMerge(InstalledRange range) {
        return range.device() == null || range.device().merges();
    }

    private void to(DeviceMemory device, List<InstalledRange> had) {
        var now = device.range().orElse(null);
        if (now == null) {
            had.forEach(gone -> remove(gone.range()));
        } else if (device.device().merges() && !had.isEmpty() && had.stream().allMatch(MemoryDifference::mayMerge)) {
            var changes = PluggedBlocks.between(
                    had,
                    device.device(),
                    device.blocks().orElseThrow(),
                    now.range().sizeBytes());
            changes.removed().forEach(this::remove);
            changes.added().forEach(this::add);
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
            add(InstalledRange.of(new PhysicalRange(from.end() + 1, to.end()), true, device));
        }
    }

    private void remove(PhysicalRange range) {
        removals.add(new Change.RemoveMemory(new MemoryTarget(range, null), null));
    }

    private void add(InstalledRange range) {
        additions.add(new Change.AddMemory(range.range(), range.device(), range.online()));
    }
}
