package io.crashplug.notify.web;

import io.crashplug.notify.EventType;
import io.crashplug.notify.TryWebhook;
import io.crashplug.notify.Webhook;
import io.crashplug.notify.Webhooks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A webhook, without its secret. */
@Schema(name = "Webhook")
record WebhookJson(
        String name,
        String url,

        @Schema(description = "Only events of these types; all if there are none")
        List<String> types,

        @Schema(description = "Only events of machines that have all of these; of all machines if there are none")
        Map<String, String> labels,

        @Schema(description = "Whether nothing is sent for now")
        boolean paused,

        Instant createdAt,

        @Schema(description = "The principal that registered it")
        String createdBy,

        @Schema(
                description =
                        "Tries that have failed since the last one that did not; from five on, one is made at a time")
        int failures,

        @Schema(description = "When the next one is made then; null with fewer failures") @Nullable
        Instant retryAt) {

    static WebhookJson of(Webhook webhook) {
        return new WebhookJson(
                webhook.name(),
                webhook.wanted().url().toString(),
                webhook.wanted().filter().types().stream()
                        .map(EventType::publishedName)
                        .sorted()
                        .toList(),
                new TreeMap<>(webhook.wanted().filter().labels()),
                webhook.paused(),
                webhook.createdAt(),
                webhook.createdBy(),
                webhook.failures(),
                webhook.retryAt());
    }

    /** A webhook that was just registered, with what is shown once. */
    @Schema(name = "RegisteredWebhook")
    record Registered(
            @Schema(
                    description =
                            "What signatures are checked with, as Standard Webhooks has it; it is not shown again")
            String secret,

            WebhookJson description) {

        static Registered of(Webhooks.Registered registered) {
            return new Registered(registered.secret(), WebhookJson.of(registered.webhook()));
        }
    }

    /** What came of a test. */
    @Schema(name = "WebhookTest")
    record Tested(
            @Schema(description = "Whether the receiver has answered that it has it")
            boolean delivered,

            @Schema(description = "The HTTP status of its answer; null if there was none") @Nullable
            Integer status,

            @Schema(description = "What was wrong; null if nothing was") @Nullable
            String error) {

        static Tested of(TryWebhook.Tested tested) {
            return new Tested(tested.error() == null, tested.status(), tested.error());
        }
    }
}
