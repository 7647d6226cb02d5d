package io.crashplug.notify.web;

import io.crashplug.notify.EventBody;
import io.crashplug.notify.MachineEvent;
import java.time.Instant;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes for webhooks what the feed answers, too. */
@Component
class CloudEventBody implements EventBody {

    private final JsonMapper json;

    CloudEventBody(JsonMapper json) {
        this.json = json;
    }

    @Override
    public byte[] of(MachineEvent event) {
        return json.writeValueAsBytes(CloudEventJson.of(event));
    }

    @Override
    public byte[] test(String id, String webhook, Instant at) {
        return json.writeValueAsBytes(CloudEventJson.test(id, webhook, at));
    }
}
