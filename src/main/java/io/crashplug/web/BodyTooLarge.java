package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.io.IOException;

/** A body turned out to be larger than the service accepts while it was being read. */
final class BodyTooLarge extends IOException {

    private final long mostBytes;

    BodyTooLarge(long mostBytes) {
        super("the body has more than %d bytes".formatted(mostBytes));
        this.mostBytes = mostBytes;
    }

    Problem problem() {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "the body has more than %d bytes".formatted(mostBytes))
                .with("maxBytes", mostBytes);
    }
}
