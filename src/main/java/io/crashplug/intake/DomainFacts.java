package io.crashplug.intake;

import io.crashplug.elfcore.CpuSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a libvirt domain tells of its guest.
 *
 * @param name what libvirt calls it; null if it has no name
 * @param bootBytes memory without the memory devices
 * @param devices memory devices of models that can hold System RAM
 * @param warnings what an operator should know of the domain
 */
record DomainFacts(
        @Nullable String name,
        String description,
        CpuSet possible,
        CpuSet present,
        SyntheticLayout.Chipset chipset,
        long bootBytes,
        List<DomainMemory> devices,
        List<GuestImport.Warning> warnings) {}
