package io.crashplug.hotplug;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.KernelEvent;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.Layout;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the changes so far made of a layout, and what the kernel hears of it.
 *
 * @param event the kernel event that stands for all that were raised; null if none was. Unlike Linux (ADR 7), which
 *     handles each of them
 * @param wentOffline CPUs taken offline and not brought back
 * @param removed memory taken out
 * @param stillListed memory removed that the kernel lists until its next rebuild
 */
record LayoutChange(
        Layout layout,
        @Nullable KernelEvent event,
        CpuSet wentOffline,
        List<PhysicalRange> removed,
        List<InstalledRange> stillListed) {

    static LayoutChange none(Layout layout) {
        return new LayoutChange(layout, null, CpuSet.NONE, List.of(), List.of());
    }

    LayoutChange to(Layout changed) {
        return new LayoutChange(changed, event, wentOffline, removed, stillListed);
    }

    LayoutChange cpuWentOffline(CpuId cpu) {
        return new LayoutChange(layout, raised(KernelEvent.CPU), wentOffline.with(cpu), removed, stillListed);
    }

    LayoutChange cpuCameOnline(CpuId cpu) {
        return new LayoutChange(layout, raised(KernelEvent.CPU), wentOffline.without(cpu), removed, stillListed);
    }

    LayoutChange memoryEvent() {
        return new LayoutChange(layout, raised(KernelEvent.MEMORY), wentOffline, removed, stillListed);
    }

    LayoutChange stillListing(List<InstalledRange> parts) {
        var listed = new ArrayList<>(stillListed);
        listed.addAll(parts);
        if (listed.size() > CrashImage.MOST_REMOVED) {
            throw Problem.of(
                            ProblemType.MACHINE_TOO_LARGE,
                            "%d ranges are removed and stillListed, more than %d"
                                    .formatted(listed.size(), CrashImage.MOST_REMOVED))
                    .with("most", CrashImage.MOST_REMOVED)
                    .toException();
        }
        return new LayoutChange(layout, event, wentOffline, removed, listed);
    }

    LayoutChange without(Layout changed, List<PhysicalRange> taken) {
        var all = new ArrayList<>(removed);
        all.addAll(taken);
        return new LayoutChange(changed, event, wentOffline, all, stillListed);
    }

    private KernelEvent raised(KernelEvent raised) {
        return event == null ? raised : event.and(raised);
    }

    /**
     * The memory that the kernel's handler finds in /proc/iomem: the layout's, and what is removed but still listed.
     *
     * @throws io.crashplug.problem.ProblemException range-overlap if memory was added where some is still listed
     */
    CrashMemory listedMemory() {
        if (stillListed.isEmpty()) {
            return layout.memory().asListed();
        }
        var all = new ArrayList<>(stillListed);
        all.addAll(layout.memory().ranges());
        return InstalledMemory.of(all).asListed();
    }

    /** CPUs that this event's header leaves out under RFC v2; a memory event lists all that are present. */
    CpuSet goingOffline() {
        return event == KernelEvent.CPU ? wentOffline : CpuSet.NONE;
    }
}
