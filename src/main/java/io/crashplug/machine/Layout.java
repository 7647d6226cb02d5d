package io.crashplug.machine;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.Pages;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine's CPUs and memory. A change gives a new layout or a {@link ProblemException} that says which rule of the
 * guest it would break.
 */
public record Layout(Cpus cpus, InstalledMemory memory) {

    /** Pages that System RAM has, the guest's own count being unknown. */
    public long ramPages() {
        return memory.sizeBytes() / Pages.SIZE_BYTES;
    }

    public Layout addCpu(CpuId cpu, boolean online) {
        return new Layout(cpus.add(cpu, online), memory);
    }

    /** Without the CPU, which is taken offline first where it is online. */
    public Layout removeCpu(CpuId cpu) {
        return new Layout(cpus.remove(cpu), memory);
    }

    public Layout onlineCpu(CpuId cpu) {
        return new Layout(cpus.bringOnline(cpu), memory);
    }

    public Layout offlineCpu(CpuId cpu) {
        return new Layout(cpus.takeOffline(cpu), memory);
    }

    public Layout addMemory(PhysicalRange range, boolean online, @Nullable MemoryDevice device) {
        return new Layout(cpus, memory.plus(InstalledRange.of(range, online, device)));
    }

    /** Without one range, or without several that are there as they are. */
    public Layout removeMemory(List<PhysicalRange> ranges) {
        return new Layout(cpus, ranges.size() == 1 ? memory.minus(ranges.get(0)) : memory.minusAll(ranges));
    }

    public Layout onlineMemory(List<PhysicalRange> parts) {
        return new Layout(cpus, memory.online(parts));
    }

    public Layout offlineMemory(List<PhysicalRange> parts) {
        return new Layout(cpus, memory.offline(parts));
    }
}
