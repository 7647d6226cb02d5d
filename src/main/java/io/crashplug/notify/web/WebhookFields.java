package io.crashplug.notify.web;

import io.crashplug.notify.EventType;
import io.crashplug.web.InvalidField;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bounds of what a webhook is registered with, and changed to. */
final class WebhookFields {

    private static final int MAX_URL_LENGTH = 2048;

    private WebhookFields() {}

    static URI url(@Nullable String url) {
        var text = InvalidField.text(InvalidField.required(url, "url"), "", MAX_URL_LENGTH, "url");
        try {
            var encoded = new URI(text).toASCIIString();
            if (encoded.length() > MAX_URL_LENGTH) {
                throw new InvalidField(
                        "url",
                        "url has %d characters with all but ASCII encoded, more than %d"
                                .formatted(encoded.length(), MAX_URL_LENGTH));
            }
            return new URI(encoded);
        } catch (URISyntaxException e) {
            throw new InvalidField("url", "url is no URL: " + e.getReason());
        }
    }

    /** Whether a place of the feed is its oldest; else it is the newest, also where left out. */
    static boolean fromOldest(@Nullable String from) {
        if (from != null && !from.equals("oldest") && !from.equals("newest")) {
            throw new InvalidField("from", "from is oldest or newest");
        }
        return "oldest".equals(from);
    }

    /** The types of those names; all if there are none. */
    static Set<EventType> types(@Nullable List<String> names) {
        var given = InvalidField.items(names, EventType.values().length, "types");
        return given.stream()
                .map(name -> EventType.named(name)
                        .orElseThrow(() -> new InvalidField(
                                "types/" + given.indexOf(name),
                                "\"%s\" is none of %s".formatted(name, EventType.names()))))
                .collect(Collectors.toSet());
    }
}
