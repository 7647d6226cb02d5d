package io.crashplug.elfcore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory reserved for the capture kernel, which a dump leaves out.
 *
 * @param high {@code crashk_res}, where the crash image lies; null when nothing is reserved
 * @param low {@code crashk_low_res}, the part below 4 GiB that goes with a reservation above; null without one
 * @param cma reservations lent to movable pages until a crash ({@code crashk_cma_ranges})
 */
public record CrashKernel(
        @Nullable PhysicalRange high, @Nullable PhysicalRange low, List<PhysicalRange> cma) {

    public static final CrashKernel NONE = new CrashKernel(null, null, List.of());

    public CrashKernel {
        cma = List.copyOf(cma);
    }
}
