package io.crashplug.notify.web;

import io.crashplug.machine.web.Descriptions;
import io.crashplug.notify.FeedFilter;
import io.crashplug.notify.Webhook.Wanted;
import io.crashplug.notify.Webhooks.NewWebhook;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A webhook to register. */
@Schema(name = "NewWebhook")
record WebhookRequest(
        @Schema(pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", example = "orchestrator")
        String name,

        @Schema(
                description =
                        "Where events are posted to: https. Hosts that are loopback or private are refused unless the"
                                + " operator allows them",
                example = "https://orchestrator.example/crashplug")
        String url,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Only events of these types; all where left out")
        @Nullable
        List<String> types,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Only events of machines that have all of these labels, or had when they were deleted")
        @Nullable
        Map<String, String> labels,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Whether nothing is sent for now; false where left out")
        @Nullable
        Boolean paused,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                allowableValues = {"oldest", "newest"},
                description = "oldest sends all events that are kept; newest, where left out, those from now on")
        @Nullable
        String from) {

    WebhookRequest {
        Descriptions.name(name);
        WebhookFields.url(url);
        WebhookFields.types(types);
        labels = Descriptions.labels(labels);
        WebhookFields.fromOldest(from);
    }

    NewWebhook webhook() {
        return new NewWebhook(
                name,
                new Wanted(
                        WebhookFields.url(url),
                        new FeedFilter(WebhookFields.types(types), null, Objects.requireNonNullElse(labels, Map.of()))),
                Boolean.TRUE.equals(paused),
                WebhookFields.fromOldest(from));
    }
}
