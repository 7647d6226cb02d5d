package io.crashplug.intake;

import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.KernelConfig;
import java.util.List;

/** The build options behind the size of the elfcorehdr segment, as far as a guest tells them. */
final class SegmentConfig {

    private SegmentConfig() {}

    /**
     * /sys/kernel/crash_elfcorehdr_size counts two program headers, one per CPU of the build's default and one per
     * memory range where memory can be plugged; so the CPUs are what is left of it.
     */
    static KernelConfig of(GuestFacts guest, List<String> missing) {
        var otherwise = KernelConfig.DEFAULT;
        int ranges =
                guest.crashMaxMemoryRanges() == null ? otherwise.crashMaxMemoryRanges() : guest.crashMaxMemoryRanges();
        // A kernel without memory hotplug has the file for CPUs only.
        boolean memoryHotplug = !(guest.crashHotplugGiven()
                && guest.cpuHotplugPermitted() != null
                && guest.memoryHotplugPermitted() == null);
        if (guest.nrCpusDefault() != null) {
            return config(guest.nrCpusDefault(), ranges, memoryHotplug);
        }
        var size = guest.crashElfcorehdrSizeBytes();
        long left = size == null ? -1 : size / Elf64Phdr.SIZE_BYTES - 2;
        if (memoryHotplug && left >= ranges) {
            left -= ranges;
        } else if (left >= 0) {
            memoryHotplug = false;
        }
        if (left < 0 || left > Integer.MAX_VALUE) {
            missing.add("nrCpusDefault");
            return config(otherwise.nrCpusDefault(), ranges, memoryHotplug);
        }
        return config((int) left, ranges, memoryHotplug);
    }

    private static KernelConfig config(int cpus, int ranges, boolean memoryHotplug) {
        return new KernelConfig(cpus, ranges, memoryHotplug, KernelConfig.DEFAULT.elfcorehdrSizeBytes());
    }
}
