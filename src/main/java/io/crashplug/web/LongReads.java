package io.crashplug.web;

import io.crashplug.limits.AtOnce;
import io.crashplug.limits.Limits;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Reads that hold a connection to the database for as long as there is something to read. Few run at a time, so that
 * clients that read slowly leave connections for changes.
 */
@Component
public class LongReads {

    private final AtOnce reads;

    LongReads(Limits limits) {
        this.reads = new AtOnce(limits.longReadsAtOnce(), "exports or checks");
    }

    /**
     * Reads.
     *
     * @throws io.crashplug.problem.ProblemException too-many-at-once if as many run already
     */
    public <T> T run(Supplier<T> read) {
        return reads.run(read);
    }
}
