package io.crashplug.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One problem: its type, a sentence with the numbers in it, and the numbers as members.
 *
 * @param members further members of the document, in order
 * @param errors the fields that are wrong, if fields are
 */
public record Problem(ProblemType type, String detail, Map<String, Object> members, List<FieldError> errors) {

    /** The member that says after how many seconds to try again; the Retry-After header says the same. */
    public static final String RETRY_AFTER_SECONDS = "retryAfterSeconds";

    /**
     * A field that is wrong.
     *
     * @param pointer JSON pointer (RFC 6901) into the request's body, or the name of a parameter or header
     */
    public record FieldError(String pointer, String detail) {}

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of(), List.of());
    }

    /** A request whose field at {@code pointer} is wrong. */
    public static Problem invalid(String pointer, String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail, Map.of(), List.of(new FieldError(pointer, detail)));
    }

    public Problem with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, detail, more, errors);
    }

    /** The exception that ends the request with this problem. */
    public ProblemException toException() {
        return new ProblemException(this);
    }
}
