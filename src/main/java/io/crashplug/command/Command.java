package io.crashplug.command;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * A job that is done instead of serving, over the same database and with the same properties. Its bean is conditional on
 * its option, which is a property like any other: an import must find the database as it is, and what other jobs need
 * would take that to the newest schema.
 */
public interface Command {

    /** It was done and all is well. */
    int WELL = 0;

    /** It was done and found something wrong. */
    int FOUND_WRONG = 1;

    /** It could not be done. */
    int NOT_DONE = 2;

    StartUpOption option();

    /**
     * Does the job.
     *
     * @param value what stood behind {@code =}; null where the option takes nothing
     * @param out for what was asked for, and nothing else: the log goes elsewhere
     * @param progress for people who wait
     * @return the exit status of the process, {@link #WELL}, {@link #FOUND_WRONG} or {@link #NOT_DONE}
     * @throws CommandFailed with a sentence for the user
     */
    int run(@Nullable String value, PrintStream out, PrintStream progress) throws Exception;
}
