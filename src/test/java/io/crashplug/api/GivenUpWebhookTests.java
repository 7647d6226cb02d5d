package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** What is given up is dead, lets through what follows, and can be sent again. */
@TestPropertySource(properties = "crashplug.webhooks.give-up-after=2s")
class GivenUpWebhookTests extends WebhookTest {

    @Test
    void whatIsTriedForTooLongIsDead() throws Exception {
        var name = newName("dead");
        RECEIVER.answer(name, message -> 500);
        register(name);
        var machine = machineFor(name);
        change(machine, 1);

        var refused = api().post("/webhooks/" + name + "/deliveries/1/redeliveries");
        while (refused.statusCode() == 404) {
            Thread.sleep(20);
            refused = api().post("/webhooks/" + name + "/deliveries/1/redeliveries");
        }
        assertThat(body(refused, 409).get("type").stringValue()).isEqualTo("/problems/delivery-not-over");

        var dead = await(name, "DEAD", 2);
        assertThat(dead.get(1).get("lastStatus").intValue()).isEqualTo(500);
        assertThat(dead.get(1).get("lastError").stringValue()).isEqualTo("answered 500");
        assertThat(dead.get(1).get("attempts").intValue()).isGreaterThan(1);
        assertThat(dead.get(1).get("completedAt").stringValue())
                .isGreaterThanOrEqualTo(dead.get(1).get("giveUpAt").stringValue());

        RECEIVER.answer(name, message -> 200);
        // The first of these two changes nothing.
        change(machine, 2);
        assertThat(body(api().post("/webhooks/" + name + "/deliveries/1/redeliveries"), 201)
                        .get("event"))
                .isEqualTo(dead.get(1).get("event"));
        await(name, "DELIVERED", 2);
        assertThat(deliveries(name, "&state=DEAD")).hasSize(2);
    }
}
