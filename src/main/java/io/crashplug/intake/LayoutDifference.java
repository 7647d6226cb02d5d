package io.crashplug.intake;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.hotplug.Change;
import io.crashplug.machine.Cpus;
import io.crashplug.machine.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to change for a layout to be what a source tells.
 *
 * @param changes in an order in which they can be made; none if the layout is so already
 * @param from where each part of what is known comes from then
 */
public record LayoutDifference(List<Change> changes, List<Origin> from, List<GuestImport.Warning> warnings) {

    private static final List<String> NEVER_CHANGED = List.of(
            Origin.CRASH_KERNEL,
            Origin.CRASH_NOTES,
            Origin.VMCOREINFO,
            Origin.PAGE_OFFSET,
            Origin.KERNEL_TEXT,
            Origin.PROFILE);

    public LayoutDifference {
        changes = List.copyOf(changes);
        from = List.copyOf(from);
        warnings = List.copyOf(warnings);
    }

    /** Of a part that the source tells, or that was known before. */
    static Origin origin(String part, boolean told) {
        return new Origin(part, told ? Origin.From.SOURCE : Origin.From.BEFORE);
    }

    /** The difference between a layout and what a source tells. */
    public static LayoutDifference between(Layout before, LayoutTarget target) {
        var from = new ArrayList<Origin>();
        var warnings = new ArrayList<>(target.warnings());
        var memory = MemoryDifference.between(before.memory().ranges(), target, from, warnings);
        var changes = new ArrayList<>(memory);
        changes.addAll(cpus(before.cpus(), target, from, warnings));
        NEVER_CHANGED.forEach(part -> from.add(origin(part, false)));
        return new LayoutDifference(changes, from, warnings);
    }

    private static List<Change> cpus(
            Cpus before, LayoutTarget target, List<Origin> from, List<GuestImport.Warning> warnings) {
        from.add(origin(Origin.POSSIBLE_CPUS, false));
        if (target.possible() != null && !target.possible().equals(before.possible())) {
            warnings.add(new GuestImport.Warning(
                    "possible-cpus-differ",
                    "%s tells of the possible CPUs %s; those of a guest never change, so %s stay"
                            .formatted(target.name(), target.possible(), before.possible())));
        }
        var present = target.present() == null ? before.present() : target.present();
        from.add(origin(Origin.PRESENT_CPUS, target.present() != null));
        var changes = new ArrayList<Change>();
        before.present().minus(present).stream().forEach(cpu -> changes.add(new Change.RemoveCpu(cpu)));
        var added = present.minus(before.present());
        var online = target.online();
        added.stream().forEach(cpu -> changes.add(new Change.AddCpu(cpu, online == null || online.contains(cpu))));
        from.add(new Origin(
                Origin.ONLINE_CPUS,
                online != null ? Origin.From.SOURCE : added.count() == 0 ? Origin.From.BEFORE : Origin.From.DEFAULT));
        if (online == null && added.count() > 0) {
            warnings.add(new GuestImport.Warning(
                    "online-assumed",
                    "%s does not tell which CPUs are online; those that are new, %s, were taken for online"
                            .formatted(target.name(), added)));
        }
        if (online != null) {
            var stay = before.present().minus(before.present().minus(present));
            stay.stream().forEach(cpu -> turn(before.online(), online, cpu, changes));
        }
        return changes;
    }

    private static void turn(CpuSet before, CpuSet after, CpuId cpu, List<Change> changes) {
        if (after.contains(cpu) && !before.contains(cpu)) {
            changes.add(new Change.OnlineCpu(cpu));
        } else if (!after.contains(cpu) && before.contains(cpu)) {
            changes.add(new Change.OfflineCpu(cpu));
        }
    }
}
