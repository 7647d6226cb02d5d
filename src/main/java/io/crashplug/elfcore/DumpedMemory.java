package io.crashplug.elfcore;

import org.jspecify.annotations.Nullable;

/** Collects the memory that a dump lists: {@code prepare_elf_headers()} with its helpers, arch/x86/kernel/crash.c. */
final class DumpedMemory {

    /** The first MiB belongs to firmware and to the capture kernel's start-up. */
    private static final long LOW_1M_END = 0xfffff;

    private DumpedMemory() {}

    /**
     * System RAM without the first MiB and the crash kernel's reservations, in the kernel's order.
     *
     * @return null for -ENOMEM: no System RAM at all, or a split that found the array full
     */
    static @Nullable RangeArray of(KernelProfile profile, HeaderInputs inputs, int capacity) {
        if (inputs.systemRam().count() == 0) {
            return null;
        }
        var ranges = inputs.systemRam().toArray(capacity);
        var crashKernel = inputs.crashKernel();
        boolean fits = profile.excludeRule().exclude(ranges, 0, LOW_1M_END)
                && exclude(profile, ranges, crashKernel.high())
                && exclude(profile, ranges, crashKernel.low());
        if (fits && profile.excludesCma()) {
            for (var cma : crashKernel.cma()) {
                fits = fits && exclude(profile, ranges, cma);
            }
        }
        return fits ? ranges : null;
    }

    private static boolean exclude(KernelProfile profile, RangeArray ranges, @Nullable PhysicalRange reservation) {
        return reservation == null || profile.excludeRule().exclude(ranges, reservation.start(), reservation.end());
    }
}
