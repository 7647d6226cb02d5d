package io.crashplug.crashimage;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.SegmentList;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;

/** One of the two ways to load a crash image. */
public sealed interface ImageLoader permits KernelLoader, UserspaceLoader {

    /**
     * The image that the kernel would hold.
     *
     * @param crashKernel the reservation the image goes into
     * @throws ProblemException if the kernel would refuse it
     */
    PreparedImage prepare(Machine machine, Layout layout, PhysicalRange crashKernel);

    /** A refusal of the segment list as the problem it is answered with. */
    static ProblemException refused(SegmentList.SegmentRefusal refusal) {
        return Problem.of(ProblemType.INVALID_SEGMENTS, refusal.rule())
                .with("errno", refusal.errno().name())
                .with("rule", refusal.rule())
                .toException();
    }
}
