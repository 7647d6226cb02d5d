package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Receivers may take their time here. */
@TestPropertySource(properties = "crashplug.webhooks.timeout=60s")
class LateAnswerTests extends WebhookTest {

    /** What a receiver answers late, after its webhook was taken away, says nothing of another one of the same name. */
    @Test
    void anAnswerCountsForTheWebhookThatWasSentTo() throws Exception {
        var name = newName("again");
        var tries = new AtomicInteger();
        var ofFirst = new CompletableFuture<Integer>();
        var ofSecond = new CompletableFuture<Integer>();
        RECEIVER.answer(name, message -> {
            int number = tries.incrementAndGet();
            return number == 1 ? ofFirst.join() : number == 2 ? ofSecond.join() : Integer.valueOf(204);
        });
        register(name);
        machineFor(name);
        await(name, any -> tries.get() == 1);
        assertThat(api().delete("/webhooks/" + name).statusCode()).isEqualTo(204);
        register(name);
        machineFor(name);
        await(name, any -> tries.get() == 2);

        ofFirst.complete(200);
        RECEIVER.await(name, 1);
        // What was sent before cannot be waited for: nothing is to come of it.
        Thread.sleep(500);
        ofSecond.complete(500);
        RECEIVER.await(name, 3);
        var delivered = await(name, "DELIVERED", 1).get(0);
        assertThat(delivered.get("attempts").intValue()).isEqualTo(2);
    }
}
