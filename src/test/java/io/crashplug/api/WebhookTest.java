package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The service with a receiver that it may send to, and little patience. */
@TestPropertySource(
        properties = {
            "crashplug.webhooks.allowed-networks=127.0.0.1",
            "crashplug.webhooks.ssl-bundle=receivers",
            "crashplug.webhooks.timeout=1s",
            "crashplug.webhooks.first-retry=100ms",
            "crashplug.webhooks.most-between-retries=400ms"
        })
abstract class WebhookTest extends ApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHANGE = "{\"labels\": {\"n\": \"%d\"}}";

    static final Receiver RECEIVER = start();

    private static Receiver start() {
        try {
            return Receiver.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void trust(DynamicPropertyRegistry registry) {
        registry.add("spring.ssl.bundle.pem.receivers.truststore.certificate", () -> {
            try {
                return RECEIVER.certificate().toString();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Registers a webhook of its name's path, for the machines with that label; the answer. */
    JsonNode register(String name, Object... more) {
        var body = JSON.createObjectNode().put("name", name).put("url", RECEIVER.url(name));
        body.putObject("labels").put("for", name);
        for (int i = 0; i < more.length; i += 2) {
            body.set((String) more[i], JSON.valueToTree(more[i + 1]));
        }
        return body(post("/webhooks", body), 201);
    }

    /** Creates a machine that a webhook hears of; its name. */
    String machineFor(String webhook) {
        var name = newName("hooked");
        var machine = SharedMachine.described("hooked").put("name", name);
        machine.set("labels", JSON.valueToTree(Map.of("for", webhook)));
        create(machine);
        return name;
    }

    /** Changes a machine so many times, of which each is an event. */
    void change(String machine, int times) {
        for (int i = 1; i <= times; i++) {
            assertThat(api().contentType("application/merge-patch+json")
                            .body(CHANGE.formatted(i))
                            .patch("/machines/{machine}", machine)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    JsonNode patch(String webhook, String patch) {
        return body(
                api().contentType("application/merge-patch+json").body(patch).patch("/webhooks/" + webhook), 200);
    }

    JsonNode webhook(String name) {
        return body(api().get("/webhooks/" + name), 200);
    }

    JsonNode deliveries(String webhook, String query) {
        return body(api().get("/webhooks/" + webhook + "/deliveries?pageSize=100" + query), 200)
                .get("items");
    }

    /** The webhook, as soon as it is so. */
    JsonNode await(String webhook, Predicate<JsonNode> condition) throws InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (!condition.test(webhook(webhook))) {
            assertThat(Instant.now())
                    .as(() -> webhook(webhook).toString() + deliveries(webhook, ""))
                    .isBefore(end);
            Thread.sleep(20);
        }
        return webhook(webhook);
    }

    /** Its deliveries of a state, as soon as there are as many. */
    JsonNode await(String webhook, String state, int deliveries) throws InterruptedException {
        await(webhook, any -> deliveries(webhook, "&state=" + state).size() == deliveries);
        return deliveries(webhook, "&state=" + state);
    }
}
