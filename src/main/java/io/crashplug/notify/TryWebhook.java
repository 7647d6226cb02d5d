package io.crashplug.notify;

import io.crashplug.limits.AtOnce;
import io.crashplug.machine.Now;
import io.crashplug.notify.Attempt.Result;
import io.crashplug.persistence.ReadTransaction;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Sends a webhook something while whoever asks waits. */
@Service
public class TryWebhook {

    private static final int TESTS_AT_ONCE = 4;

    private final StoredWebhooks stored;
    private final WebhookSender sender;
    private final EventBody body;
    private final ReadTransaction reading;
    private final Clock clock;
    private final AtOnce tests = new AtOnce(TESTS_AT_ONCE, "tests of webhooks");

    TryWebhook(StoredWebhooks stored, WebhookSender sender, EventBody body, ReadTransaction reading, Clock clock) {
        this.stored = stored;
        this.sender = sender;
        this.body = body;
        this.reading = reading;
        this.clock = clock;
    }

    /**
     * What came of a test.
     *
     * @param status of the receiver's answer; null if there was none
     * @param error what was wrong; null if nothing was
     */
    public record Tested(@Nullable Integer status, @Nullable String error) {}

    /** Sends a webhook an event that tells of nothing, once, also while it is paused. */
    public Tested test(String name) {
        var webhook = reading.of(() -> stored.named(name).orElseThrow(() -> Webhooks.unknown(name)));
        var id = "test." + UUID.randomUUID();
        var content = body.test(id, name, Now.of(clock));
        Result result = tests.run(() -> sender.send(webhook.webhook().url(), webhook.secret(), id, content));
        return new Tested(result.status(), result.error());
    }
}
