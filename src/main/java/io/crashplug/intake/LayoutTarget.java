package io.crashplug.intake;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a source tells that the layout of an existing machine is. What it does not tell stays as it was known before.
 *
 * @param name what told it, for people
 * @param possible CPUs that may ever appear; they never change, so others are only warned of
 * @param listing all System RAM; null if the source tells of devices at most
 * @param devices memory devices; null if the source tells of none, or lists all memory
 * @param crashKernel the reservations; null if the source does not tell. Those of a machine never change, so others are only
 *     warned of
 * @param others ids of devices that hold no System RAM as far as the source knows
 */
public record LayoutTarget(
        String name,
        @Nullable CpuSet possible,
        @Nullable CpuSet present,
        @Nullable CpuSet online,
        @Nullable InstalledMemory listing,
        @Nullable List<DeviceMemory> devices,
        @Nullable CrashKernel crashKernel,
        List<String> others,
        List<GuestImport.Warning> warnings)
        implements LayoutSource {

    /** What the guest itself tells. */
    static LayoutTarget of(GuestFacts guest) {
        return new LayoutTarget(
                GuestLayout.NAME,
                guest.possible(),
                guest.present(),
                guest.online(),
                InstalledMemory.of(guest.iomem().systemRam()),
                null,
                guest.iomem().crashKernel(),
                List.of(),
                guest.iomem().warnings());
    }

    /**
     * What /proc/iomem lists.
     *
     * @throws IllegalArgumentException if the text is no listing, or one that is cut or masked
     * @throws io.crashplug.problem.ProblemException range-overlap if two ranges share a byte
     */
    public static LayoutTarget ofListing(String iomem) {
        var listing = IomemListing.parse(iomem);
        return new LayoutTarget(
                "/proc/iomem",
                null,
                null,
                null,
                InstalledMemory.of(listing.systemRam()),
                null,
                listing.crashKernel(),
                List.of(),
                listing.warnings());
    }

    /** What its hypervisor tells. */
    static LayoutTarget of(HypervisorFacts told) {
        var others = told.others();
        return new LayoutTarget(
                told.source(),
                told.possible(),
                told.present(),
                null,
                null,
                others == null ? null : told.devices(),
                null,
                others == null ? List.of() : others,
                told.allWarnings());
    }

    @Override
    public LayoutTarget over(Machine machine, Layout before) {
        return with(differenceOfCrashKernel(machine.crashKernel()));
    }

    private Optional<GuestImport.Warning> differenceOfCrashKernel(CrashKernel known) {
        return crashKernel == null
                        || (Objects.equals(crashKernel.high(), known.high())
                                && Objects.equals(crashKernel.low(), known.low()))
                ? Optional.empty()
                : Optional.of(new GuestImport.Warning(
                        "crash-kernel-differs",
                        "%s tells that %s is reserved for a crash kernel; what is known of that stays, which is %s"
                                .formatted(name, text(crashKernel), text(known))));
    }

    /** The same, and something else that an operator should know, if there is something. */
    LayoutTarget with(Optional<GuestImport.Warning> warning) {
        var all = Stream.concat(warnings.stream(), warning.stream()).toList();
        return new LayoutTarget(name, possible, present, online, listing, devices, crashKernel, others, all);
    }

    private static String text(CrashKernel reserved) {
        return reserved.high() == null
                ? "nothing"
                : reserved.low() == null
                        ? reserved.high().toString()
                        : "%s and %s".formatted(reserved.high(), reserved.low());
    }
}
