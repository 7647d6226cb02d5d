package io.crashplug.notify;

import java.time.Instant;

/** Writes what webhooks are sent: CloudEvents 1.0 in JSON, encoded in UTF-8. */
public interface EventBody {

    byte[] of(MachineEvent event);

    /**
     * One that tells of nothing, to try a webhook with.
     *
     * @param id names it
     * @param webhook the webhook's name
     */
    byte[] test(String id, String webhook, Instant at);
}
