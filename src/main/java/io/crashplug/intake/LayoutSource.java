package io.crashplug.intake;

import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;

/** Something that tells of the layout of a machine that exists. */
public interface LayoutSource {

    /** What it is, for people, as the beginning of "tells". */
    String name();

    /**
     * What it tells, seen over what is known of the machine.
     *
     * @throws io.crashplug.problem.ProblemException invalid-request if it cannot be of this machine
     */
    LayoutTarget over(Machine machine, Layout before);
}
