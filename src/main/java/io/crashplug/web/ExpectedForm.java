package io.crashplug.web;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What JSON a field takes, in a client's words. */
final class ExpectedForm {

    private ExpectedForm() {}

    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "of the type this field has";
        }
        if (type == String.class || type == HexAddress.class) {
            return "text";
        }
        if (type == byte[].class) {
            return "base64";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a whole number within bounds";
        }
        if (type == Instant.class) {
            return "a time, as 2030-12-31T23:59:59Z";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return "an object";
    }
}
