package io.crashplug.intake;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source tells that the layout of an existing machine is. What it does not tell stays as it was known before.
 *
 * @param name what told it, for people
 * @param possible CPUs that may ever appear; they never change, so others are only warned of
 * @param listing all System RAM; null if the source tells of devices at most
 * @param devices memory devices; null if the source tells of none, or lists all memory
 * @param others ids of devices that hold no System RAM as far as the source knows
 */
public record LayoutTarget(
        String name,
        @Nullable CpuSet possible,
        @Nullable CpuSet present,
        @Nullable CpuSet online,
        @Nullable List<InstalledRange> listing,
        @Nullable List<DeviceMemory> devices,
        List<String> others,
        List<GuestImport.Warning> warnings)
        implements LayoutSource {

    /** What the guest itself tells. */
    public static LayoutTarget of(GuestFacts guest) {
        return new LayoutTarget(
                "the guest",
                guest.possible(),
                guest.present(),
                guest.online(),
                guest.iomem().systemRam(),
                null,
                List.of(),
                guest.iomem().warnings());
    }

    /**
     * What /proc/iomem lists.
     *
     * @throws IllegalArgumentException if the text is no listing, or one that is cut or masked
     */
    public static LayoutTarget ofListing(String iomem) {
        var listing = IomemListing.parse(iomem);
        return new LayoutTarget(
                "/proc/iomem", null, null, null, listing.systemRam(), null, List.of(), listing.warnings());
    }

    /** What its hypervisor tells. */
    public static LayoutTarget of(HypervisorFacts told) {
        var others = told.others();
        return new LayoutTarget(
                told.source(),
                told.possible(),
                told.present(),
                null,
                null,
                others == null ? null : told.devices(),
                others == null ? List.of() : others,
                told.allWarnings());
    }

    @Override
    public LayoutTarget over(Machine machine, Layout before) {
        return this;
    }
}
