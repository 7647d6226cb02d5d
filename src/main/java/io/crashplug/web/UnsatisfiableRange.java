package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;

/** No byte of a requested range exists. */
final class UnsatisfiableRange extends RuntimeException {

    private final long length;

    UnsatisfiableRange(long length) {
        super("the representation has %d bytes, none of them in the range".formatted(length));
        this.length = length;
    }

    Problem problem() {
        return Problem.of(
                ProblemType.RANGE_NOT_SATISFIABLE,
                "the representation has %d bytes, none of them in the range".formatted(length));
    }

    /** What there is, as a Content-Range header shows it. */
    String contentRange() {
        return "bytes */%d".formatted(length);
    }
}
