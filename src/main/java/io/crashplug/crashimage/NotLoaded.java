package io.crashplug.crashimage;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;

/** There is no crash image to speak of. */
final class NotLoaded {

    private NotLoaded() {}

    static ProblemException problem() {
        return Problem.of(ProblemType.NOT_FOUND, "no crash image is loaded").toException();
    }
}
