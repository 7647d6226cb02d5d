package io.crashplug.crash;

import io.crashplug.api.PlainClient;
import io.crashplug.api.PlainClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change set that a client sends, once or several times.
 *
 * @param reason its name, which no other attempt has
 * @param hasKey whether it has an Idempotency-Key, so that it may be sent again
 * @param ifMatch the version that it is meant for; null for any
 */
record Attempt(
        Guest guest,
        String reason,
        String body,
        boolean hasKey,
        @Nullable String ifMatch) {

    Answer send(PlainClient service) throws IOException, InterruptedException {
        var headers = new ArrayList<>(List.of("Content-Type", "application/json", "X-Request-Id", reason));
        if (hasKey) {
            headers.addAll(List.of("Idempotency-Key", reason));
        }
        if (ifMatch != null) {
            headers.addAll(List.of("If-Match", ifMatch));
        }
        return service.send("POST", guest.path() + "/hotplug-events", body, headers.toArray(String[]::new));
    }
}
