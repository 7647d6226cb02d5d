package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextPageToken names the page after this one; null on the last
 */
public record Page<T>(
        List<T> items,

        @Schema(description = "Pass it as pageToken for the next page; null on the last one") @Nullable
        String nextPageToken) {

    /**
     * The page that {@code found} begins.
     *
     * @param found up to one item more than the page has
     * @param key what the next page continues after
     */
    public static <F, T> Page<T> of(List<F> found, int size, Function<F, T> item, Function<F, String> key) {
        boolean more = found.size() > size;
        var shown = more ? found.subList(0, size) : found;
        return new Page<>(shown.stream().map(item).toList(), more ? token(key.apply(shown.get(size - 1))) : null);
    }

    /**
     * A page that may be short though others follow.
     *
     * @param next what the next page continues after; null if this is the last
     */
    public static <T> Page<T> of(List<T> items, @Nullable Object next) {
        return new Page<>(items, next == null ? null : token(next.toString()));
    }

    /** What a token says to continue after, null for the first page. */
    public static <K> @Nullable K after(@Nullable String token, Function<String, K> read) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            return read.apply(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("pageToken", "pageToken is not one that a page gave")
                    .toException();
        }
    }

    /** Text to be looked for; NUL, which PostgreSQL's text cannot hold, cannot be. */
    public static String searched(String text, String parameter) {
        if (text.indexOf(0) >= 0) {
            throw Problem.invalid(parameter, "%s holds a NUL character".formatted(parameter))
                    .toException();
        }
        return text;
    }

    /** The token of the page that continues after {@code key}. */
    public static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
