package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What webhooks are sent, and what becomes of it when receivers fail. */
class WebhookTests extends WebhookTest {

    private static List<Integer> sequences(List<Receiver.Message> messages) {
        return messages.stream()
                .map(message -> Integer.valueOf(message.event().get("sequence").stringValue()))
                .toList();
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static boolean isSignedWith(String secret, Receiver.Message message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
        mac.update((message.id() + "." + message.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        return message.signature().equals("v1," + Base64.getEncoder().encodeToString(mac.doFinal(message.body())));
    }

    @Test
    void eventsAreSentAsTheFeedHasThem() throws Exception {
        var name = newName("hook");
        var secret = register(name).get("secret").stringValue();
        var machine = machineFor(name);
        change(machine, 4);
        create(SharedMachine.described("other").put("name", newName("other")));

        var messages = RECEIVER.await(name, 5);
        var feed = Follower.fromTheBeginning(plain(), "machine=" + machine).next(5);
        assertThat(messages.stream().map(Receiver.Message::event)).containsExactlyElementsOf(feed);
        for (var message : messages) {
            assertThat(message.id()).isEqualTo(message.event().get("id").stringValue());
            assertThat(message.contentType()).isEqualTo("application/cloudevents+json");
            assertThat(isSignedWith(secret, message)).isTrue();
            assertThat(Long.parseLong(message.timestamp()))
                    .isCloseTo(System.currentTimeMillis() / 1000, org.assertj.core.data.Offset.offset(60L));
        }
        var deliveries = await(name, "DELIVERED", 5);
        var numbers = new ArrayList<Integer>();
        deliveries.forEach(delivery -> numbers.add(delivery.get("number").intValue()));
        assertThat(numbers).containsExactly(5, 4, 3, 2, 1);
        assertThat(deliveries.get(0).get("lastStatus").intValue()).isEqualTo(204);
        assertThat(deliveries.get(0).get("nextAttemptAt").isNull()).isTrue();
        assertThat(RECEIVER.received(name)).hasSize(5);
    }

    @Test
    void onlyTheTypesAskedForAreSent() throws Exception {
        var name = newName("hook");
        register(name, "types", List.of("machine.deleted"));
        var machine = machineFor(name);
        change(machine, 2);
        assertThat(api().delete("/machines/{machine}", machine).statusCode()).isEqualTo(204);
        var message = RECEIVER.await(name, 1).get(0);
        assertThat(message.event().get("type").stringValue()).isEqualTo("machine.deleted");
        await(name, "DELIVERED", 1);
        assertThat(RECEIVER.received(name)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 404, 302, Receiver.CLOSE, Receiver.HANG})
    void whatFailsIsSentAgainBeforeWhatFollows(int failure) throws Exception {
        var name = newName("failing");
        RECEIVER.answer(name, message -> RECEIVER.received(name).size() < 2 ? failure : 200);
        register(name);
        var machine = machineFor(name);
        change(machine, 2);

        var messages = RECEIVER.await(name, 5);
        assertThat(sequences(messages)).containsExactly(1, 1, 1, 2, 3);
        assertThat(messages.subList(0, 3).stream().map(Receiver.Message::id))
                .containsOnly(messages.get(0).id());
        var first = await(name, "DELIVERED", 3).get(2);
        assertThat(first.get("attempts").intValue()).isEqualTo(3);
        assertThat(first.get("lastError").isNull()).isTrue();
        assertThat(webhook(name).get("failures").intValue()).isZero();
        assertThat(RECEIVER.received("elsewhere")).isEmpty();
    }

    @Test
    void aFailureOfOneMachineDoesNotHoldUpOthers() throws Exception {
        var name = newName("choosy");
        register(name);
        var bad = machineFor(name);
        RECEIVER.await(name, 1);
        RECEIVER.answer(
                name, message -> message.event().get("subject").stringValue().equals(bad) ? 500 : 200);
        change(bad, 1);
        var good = machineFor(name);
        change(good, 20);
        await(name, "DELIVERED", 22);
        RECEIVER.answer(name, message -> 200);
        await(name, "DELIVERED", 23);
    }

    @Test
    void aReceiverThatHangsDelaysNobodyElse() throws Exception {
        var dead = newName("dead");
        RECEIVER.answer(dead, message -> Receiver.HANG);
        register(dead);
        for (int i = 0; i < 10; i++) {
            machineFor(dead);
        }
        RECEIVER.await(dead, 1);
        var alive = newName("alive");
        register(alive);
        change(machineFor(alive), 9);
        RECEIVER.await(alive, 10);

        var open = await(dead, webhook -> webhook.get("failures").intValue() >= 5);
        assertThat(open.get("retryAt").isNull()).isFalse();
        assertThat(deliveries(dead, "&state=DELIVERED")).isEmpty();
        assertThat(deliveries(dead, "").get(9).get("lastError").stringValue()).isEqualTo("no answer within 1000 ms");
        RECEIVER.answer(dead, message -> 200);
        await(dead, "DELIVERED", 10);
        assertThat(webhook(dead).get("failures").intValue()).isZero();
        assertThat(webhook(dead).get("retryAt").isNull()).isTrue();
    }

    @Test
    void nothingIsSentWhileItIsPaused() throws Exception {
        var name = newName("paused");
        register(name);
        var machine = machineFor(name);
        await(name, "DELIVERED", 1);
        assertThat(patch(name, "{\"paused\": true}").get("paused").booleanValue())
                .isTrue();
        change(machine, 3);
        Follower.fromTheBeginning(plain(), "machine=" + machine).next(4);
        var other = newName("awake");
        register(other);
        machineFor(other);
        RECEIVER.await(other, 1);
        assertThat(RECEIVER.received(name)).hasSize(1);
        patch(name, "{\"paused\": null}");
        assertThat(sequences(RECEIVER.await(name, 4))).isEqualTo(upTo(4));
    }

    @Test
    void aWebhookMayBeginWithWhatIsKept() throws Exception {
        var late = newName("late");
        var machine = machineFor(late);
        change(machine, 2);
        register(late, "from", "oldest");
        assertThat(sequences(RECEIVER.await(late, 3))).isEqualTo(upTo(3));
    }

    @Test
    void whatWasDeliveredCanBeSentAgain() throws Exception {
        var name = newName("again");
        register(name);
        machineFor(name);
        await(name, "DELIVERED", 1);
        var again = api().post("/webhooks/" + name + "/deliveries/1/redeliveries");
        assertThat(body(again, 201).get("number").intValue()).isEqualTo(2);
        assertThat(again.header("Location")).isEqualTo("/api/v1/webhooks/" + name + "/deliveries/2");
        var messages = RECEIVER.await(name, 2);
        assertThat(messages.get(1).id()).isEqualTo(messages.get(0).id());
        await(name, "DELIVERED", 2);
        assertThat(body(api().get("/webhooks/" + name + "/deliveries/2"), 200)
                        .get("state")
                        .stringValue())
                .isEqualTo("DELIVERED");
        assertThat(deliveries(name, "&state=DELIVERED").get(0).get("number").intValue())
                .isEqualTo(2);
    }

    @Test
    void aTestSaysWhatCameOfIt() {
        var name = newName("tested");
        register(name, "paused", true);
        var well = body(api().post("/webhooks/" + name + "/tests"), 200);
        assertThat(well).hasToString("{\"delivered\":true,\"status\":204,\"error\":null}");
        JsonNode event = RECEIVER.received(name).get(0).event();
        assertThat(event.get("type").stringValue()).isEqualTo("webhook.test");
        RECEIVER.answer(name, message -> 418);
        assertThat(body(api().post("/webhooks/" + name + "/tests"), 200))
                .hasToString("{\"delivered\":false,\"status\":418,\"error\":\"answered 418\"}");
        assertThat(deliveries(name, "")).isEmpty();
    }

    /** The status counts, whatever follows it. */
    @ParameterizedTest
    @ValueSource(ints = {Receiver.ENDLESS, Receiver.LONG})
    void anAnswerThatDoesNotEndIsNotReadToItsEnd(int answer) throws Exception {
        var name = newName("endless");
        RECEIVER.answer(name, message -> answer);
        register(name);
        assertThat(body(api().post("/webhooks/" + name + "/tests"), 200))
                .hasToString("{\"delivered\":true,\"status\":200,\"error\":null}");
        machineFor(name);
        assertThat(await(name, "DELIVERED", 1).get(0).get("attempts").intValue())
                .isEqualTo(1);
    }

    @Test
    void aRedeliveryIsMadeOnceForAKey() throws Exception {
        var name = newName("keyed");
        register(name);
        machineFor(name);
        await(name, "DELIVERED", 1);
        for (var replayed : new String[] {null, "true"}) {
            var answer = api().header("Idempotency-Key", name).post("/webhooks/" + name + "/deliveries/1/redeliveries");
            assertThat(body(answer, 201).get("number").intValue()).isEqualTo(2);
            assertThat(answer.header("Idempotency-Replayed")).isEqualTo(replayed);
        }
        await(name, "DELIVERED", 2);
    }

    @Test
    void aDeletedWebhookIsSentNothing() throws Exception {
        var name = newName("gone");
        RECEIVER.answer(name, message -> 500);
        register(name);
        machineFor(name);
        RECEIVER.await(name, 1);
        assertThat(api().delete("/webhooks/" + name).statusCode()).isEqualTo(204);
        assertThat(api().get("/webhooks/" + name).statusCode()).isEqualTo(404);
        assertThat(api().get("/webhooks/" + name + "/deliveries").statusCode()).isEqualTo(404);
        assertThat(api().delete("/webhooks/" + name).statusCode()).isEqualTo(404);
        register(name);
        assertThat(deliveries(name, "")).isEmpty();
    }
}
