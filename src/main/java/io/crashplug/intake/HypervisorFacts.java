package io.crashplug.intake;

import io.crashplug.elfcore.CpuSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hypervisor tells of a guest: amounts, and its memory devices.
 *
 * @param source what told it, for people: the libvirt domain, QEMU
 * @param name what the hypervisor calls it; null if it does not tell
 * @param possible CPUs that may ever appear; null if it does not tell
 * @param present CPUs plugged in; null if it does not tell
 * @param bootBytes memory without the memory devices; null if it does not tell
 * @param devices memory devices of models that can hold System RAM
 * @param others ids of devices of other models, which hold no System RAM as far as the hypervisor knows; null, as devices is
 *     empty then, if it does not tell of devices
 * @param warnings what its reader found that an operator should know
 */
public record HypervisorFacts(
        String source,
        @Nullable String name,
        String description,
        @Nullable CpuSet possible,
        @Nullable CpuSet present,
        SyntheticLayout.Chipset chipset,
        @Nullable Long bootBytes,
        List<DeviceMemory> devices,
        @Nullable List<String> others,
        List<GuestImport.Warning> warnings) {

    public HypervisorFacts {
        devices = List.copyOf(devices);
        others = others == null ? null : List.copyOf(others);
        warnings = List.copyOf(warnings);
    }

    /** What an operator should know, also of the memory devices. */
    List<GuestImport.Warning> allWarnings() {
        var all = new ArrayList<>(warnings);
        devices.stream().flatMap(DeviceMemory::warnings).forEach(all::add);
        if (!devices.isEmpty() && bootBytes != null && bootBytes >= DeviceMemory.OTHER_BLOCKS_FROM_BYTES) {
            all.add(new GuestImport.Warning(
                    "block-size-assumed", "blocks of 128 MiB were assumed; Linux may take larger ones from 64 GiB on"));
        }
        return all;
    }
}
