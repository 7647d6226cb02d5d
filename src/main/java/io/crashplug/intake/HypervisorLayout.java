package io.crashplug.intake;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The layout that a hypervisor tells of. How much the guest boots with has to be what is known, or the operator is warned. */
public record HypervisorLayout(HypervisorFacts told) implements LayoutSource {

    /** Firmware and kernel keep some of it, which is no System RAM then. */
    private static final long KEPT_BYTES = 64L << 20;

    /** And of large amounts that part of all. */
    private static final int KEPT_PART = 16;

    @Override
    public String name() {
        return told.source();
    }

    @Override
    public LayoutTarget over(Machine machine, Layout before) {
        return LayoutTarget.of(told).over(machine, before).with(differenceOfBootMemory(machine, before));
    }

    private Optional<GuestImport.Warning> differenceOfBootMemory(Machine machine, Layout before) {
        // What a guest told of, which does not know its devices, may be one of those.
        var ofDevices = told.devices().stream()
                .flatMap(device -> device.range().stream())
                .map(InstalledRange::range)
                .collect(Collectors.toSet());
        long known = before.memory().ranges().stream()
                .filter(ram -> ram.device() == null && !ofDevices.contains(ram.range()))
                .mapToLong(ram -> ram.range().sizeBytes())
                .sum();
        return told.bootBytes() == null || isPlausible(machine, told.bootBytes(), known)
                ? Optional.empty()
                : Optional.of(new GuestImport.Warning(
                        "boot-memory-differs",
                        "%s tells of %d bytes of memory that the guest boots with, and %d of System RAM are known; they stay, and if the guest has booted since, import it anew"
                                .formatted(name(), told.bootBytes(), known)));
    }

    private boolean isPlausible(Machine machine, long bootBytes, long known) {
        // A header leaves out what is reserved, and whoever imports it may not know how much that is.
        boolean reservationIsMissing =
                machine.crashKernel().equals(CrashKernel.NONE) && machine.exactness() != Exactness.SYNTHETIC;
        // A guest may have made System RAM of persistent memory, or have told of a device that lies at an unknown
        // place.
        boolean restIsBootMemory =
                List.of().equals(told.others()) && told.devices().stream().allMatch(DeviceMemory::isKnown);
        return (reservationIsMissing || known >= bootBytes - bootBytes / KEPT_PART - KEPT_BYTES)
                && (!restIsBootMemory || known <= bootBytes);
    }
}
