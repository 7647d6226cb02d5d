package io.crashplug.notify.web;

import io.crashplug.machine.web.Descriptions;
import io.crashplug.machine.web.LabelPatch;
import io.crashplug.notify.EventType;
import io.crashplug.notify.FeedFilter;
import io.crashplug.notify.Webhook.Wanted;
import io.crashplug.notify.Webhooks.Changed;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON merge patch (RFC 7396) of a webhook: null brings back the default. */
final class WebhookPatch {

    /** What the document says of a patch, whose absent and null fields differ. */
    @Schema(
            name = "WebhookPatch",
            description = "A field left out stays; null brings back the default of types, labels and paused.")
    record Document(
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable Map<String, @Nullable String> labels,
            @Nullable Boolean paused) {}

    private static final Set<String> FIELDS = Set.of("url", "types", "labels", "paused");

    private final Map<String, @Nullable Object> patch;

    WebhookPatch(Map<String, @Nullable Object> patch) {
        this.patch = patch;
        for (var field : patch.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidField(
                        Descriptions.escaped(field),
                        "only url, types, labels and paused can be patched, not \"%s\"".formatted(field));
            }
        }
    }

    /** What the webhook is to be. */
    Changed of(Changed present) {
        var filter = present.wanted().filter();
        var wanted = new Wanted(
                patch.containsKey("url")
                        ? WebhookFields.url(is("url", String.class))
                        : present.wanted().url(),
                new FeedFilter(
                        patch.containsKey("types") ? types() : filter.types(),
                        null,
                        patch.containsKey("labels")
                                ? LabelPatch.of(patch.get("labels"), filter.labels())
                                : filter.labels()));
        return new Changed(
                wanted,
                patch.containsKey("paused") ? Boolean.TRUE.equals(is("paused", Boolean.class)) : present.paused());
    }

    private Set<EventType> types() {
        var list = is("types", List.class);
        return list == null
                ? Set.of()
                : WebhookFields.types(
                        ((List<?>) list).stream().map(String::valueOf).toList());
    }

    private <T> @Nullable T is(String field, Class<T> type) {
        var value = patch.get(field);
        if (value != null && !type.isInstance(value)) {
            throw new InvalidField(field, "%s is of another type".formatted(field));
        }
        return type.cast(value);
    }
}
