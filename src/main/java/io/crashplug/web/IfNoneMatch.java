package io.crashplug.web;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The If-None-Match header of a GET against the ETag of what would be answered (RFC 9110, 13.1.2). */
public final class IfNoneMatch {

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private IfNoneMatch() {}

    /** Whether the header names the tag; it may be weak there. {@code *} names whatever there is. */
    static boolean names(@Nullable String header, String etag) {
        return header != null
                && (header.strip().equals("*")
                        || TAG.matcher(header)
                                .results()
                                .anyMatch(tag -> tag.group(1).equals(etag)));
    }

    /** The body with its strong tag, or just the tag where the header names it. */
    public static <T> ResponseEntity<T> answer(@Nullable String header, String etag, Supplier<T> body) {
        return names(header, etag)
                ? notModified(etag)
                : ResponseEntity.ok().eTag(etag).body(body.get());
    }

    static <T> ResponseEntity<T> notModified(String etag) {
        return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).build();
    }
}
