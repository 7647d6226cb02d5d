package io.crashplug.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of the command line that ask for a job; every other one sets a property of the service. */
public enum StartUpOption {
    VERIFY_STORE(
            "verify-store", null, true, "check all that is stored, and report what is wrong; 0 if nothing is, else 1"),
    EXPORT("export", "FILE", false, "write all that is stored to a new file, - for standard output"),
    IMPORT("import", "FILE", false, "read a file that --export wrote into an empty database"),
    CREATE_TOKEN("create-token", "NAME", true, "make an API token of the role admin, and write it to standard output");

    private final String text;
    private final @Nullable String value;
    private final boolean needsEntities;
    private final String help;

    StartUpOption(String text, @Nullable String value, boolean needsEntities, String help) {
        this.text = text;
        this.value = value;
        this.needsEntities = needsEntities;
        this.help = help;
    }

    /** The option's name without dashes. */
    String text() {
        return text;
    }

    /** What stands behind {@code =}; empty if nothing does. */
    Optional<String> value() {
        return Optional.ofNullable(value);
    }

    /** Whether the job needs entities, for which the database is taken to the newest schema; else it is left as it is. */
    boolean needsEntities() {
        return needsEntities;
    }

    String help() {
        return help;
    }

    /** How it is written on the command line. */
    @Override
    public String toString() {
        return value == null ? "--" + text : "--" + text + "=" + value;
    }
}
