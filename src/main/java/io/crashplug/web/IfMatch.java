package io.crashplug.web;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The If-Match header against a version (RFC 9110, 13.1.1). */
public final class IfMatch {

    private IfMatch() {}

    /** Whether a version is one the header names; any is without the header or with {@code *}. Weak tags never match. */
    public static LongPredicate of(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return version -> true;
        }
        var tags = Arrays.stream(header.split(",")).map(String::strip).toList();
        return version -> tags.contains(etag(version));
    }

    /** The strong ETag of a version. */
    public static String etag(long version) {
        return "\"" + version + "\"";
    }
}
