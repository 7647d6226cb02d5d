package io.crashplug.web;

import io.crashplug.problem.Problem;
import java.io.IOException;

/** A body turned out, while it was being read, to be one that the service does not take. */
final class RefusedBody extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    RefusedBody(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
