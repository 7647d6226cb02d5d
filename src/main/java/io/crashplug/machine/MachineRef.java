package io.crashplug.machine;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How a client names a machine: by its id or, while it lives, by its name. A name is never a UUID, so the two cannot be
 * confused.
 */
public record MachineRef(String text) {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** Whether a machine may be called so. */
    public static boolean isName(String text) {
        return NAME_FORM.matcher(text).matches() && !isUuid(text);
    }

    private static boolean isUuid(String text) {
        return UUID_FORM.matcher(text).matches();
    }

    boolean isId() {
        return isUuid(text);
    }

    boolean isName() {
        return isName(text);
    }

    UUID id() {
        return UUID.fromString(text);
    }

    ProblemException unknown() {
        var shown = text.length() <= 64 ? text : text.substring(0, 64) + "…";
        return Problem.of(ProblemType.NOT_FOUND, "there is no machine \"%s\"".formatted(shown))
                .toException();
    }
}
