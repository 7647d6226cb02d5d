package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says which field of a body cannot be read, and why, without a word of the code that reads it. */
final class UnreadableBody {

    private UnreadableBody() {}

    static Problem explain(HttpMessageNotReadableException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedBody refused) {
                return refused.problem();
            }
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
        }
        return exception.getCause() instanceof JacksonException json
                ? explain(json)
                : Problem.of(ProblemType.INVALID_REQUEST, "the body is missing or cannot be read");
    }

    /** What went wrong in a constructor that JSON is read by, other than a refusal of the JSON; null if nothing did. */
    static @Nullable RuntimeException bugBehind(HttpMessageNotReadableException exception) {
        return exception.getCause() instanceof JacksonException json
                        && json.getCause() instanceof RuntimeException cause
                        && !(cause instanceof IllegalArgumentException)
                        && !(cause instanceof DateTimeException)
                        && !(cause instanceof JacksonException)
                        && !(cause instanceof ProblemException)
                ? cause
                : null;
    }

    /** What a client sent may hold half a surrogate pair, which no answer can carry. */
    private static Problem explain(JacksonException json) {
        var problem = explanation(json);
        var error = problem.errors().get(0);
        return Problem.invalid(encodable(error.pointer()), encodable(error.detail()));
    }

    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Problem explanation(JacksonException json) {
        var pointer = json.getPath().stream()
                .map(step -> step.getPropertyName() == null
                        ? "/" + step.getIndex()
                        : "/" + step.getPropertyName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
        if (json.getCause() instanceof InvalidField wrong) {
            return Problem.invalid(pointer + "/" + wrong.field(), wrong.detail());
        }
        if (json.getCause() instanceof IllegalArgumentException wrong && !(wrong instanceof NumberFormatException)) {
            return Problem.invalid(pointer, Objects.requireNonNullElse(wrong.getMessage(), "the value is invalid"));
        }
        if (json instanceof UnrecognizedPropertyException unknown) {
            return Problem.invalid(pointer, "there is no field \"%s\" here".formatted(unknown.getPropertyName()));
        }
        if (json instanceof InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum()) {
            return Problem.invalid(
                    pointer,
                    "\"%s\" is none of %s"
                            .formatted(
                                    format.getValue(),
                                    Arrays.toString(format.getTargetType().getEnumConstants())));
        }
        if (json instanceof InputCoercionException) {
            return Problem.invalid(pointer, "the value is not a whole number within bounds");
        }
        if (json instanceof StreamReadException) {
            var at = json.getLocation();
            return Problem.invalid(
                    pointer,
                    "not JSON at line %d, column %d: %s"
                            .formatted(at.getLineNr(), at.getColumnNr(), firstSentence(json.getOriginalMessage())));
        }
        if (json instanceof StreamConstraintsException) {
            return Problem.invalid(pointer, "the value is longer, or nested deeper, than the service reads");
        }
        if (json instanceof MismatchedInputException mismatch) {
            return Problem.invalid(pointer, "the value is not %s".formatted(ExpectedForm.of(mismatch.getTargetType())));
        }
        return Problem.invalid(pointer, "the value cannot be read");
    }

    private static String firstSentence(String message) {
        var line = message.lines().findFirst().orElse("");
        int inside = line.indexOf(" (");
        return inside < 0 ? line : line.substring(0, inside);
    }
}
