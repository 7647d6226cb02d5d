package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.CrashplugApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Two services over one database send to one webhook. */
class SharedWebhookTests extends WebhookTest {

    private static final List<String> SHARED = List.of(
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.datasource.password",
            "spring.ssl.bundle.pem.receivers.truststore.certificate",
            "crashplug.webhooks.allowed-networks",
            "crashplug.webhooks.ssl-bundle",
            "crashplug.webhooks.timeout",
            "crashplug.webhooks.first-retry",
            "crashplug.webhooks.most-between-retries");

    private static final int MACHINES = 12;
    private static final int CHANGES = 11;

    @Autowired
    private Environment environment;

    @Autowired
    private MeterRegistry metrics;

    private ConfigurableApplicationContext startAnother() {
        var properties = Stream.concat(
                Stream.of("--server.port=0"),
                SHARED.stream().map(name -> "--%s=%s".formatted(name, environment.getRequiredProperty(name))));
        return new SpringApplicationBuilder(CrashplugApplication.class).run(properties.toArray(String[]::new));
    }

    private static double delivered(MeterRegistry registry) {
        return registry.get("crashplug.webhook.attempts")
                .tag("result", "delivered")
                .counter()
                .count();
    }

    private static void isInOrderAndOnce(List<Receiver.Message> messages) {
        var next = new HashMap<String, Integer>();
        for (var message : messages) {
            var event = message.event();
            int expected = next.merge(event.get("source").stringValue(), 1, Integer::sum);
            assertThat(Integer.parseInt(event.get("sequence").stringValue()))
                    .as(event::toString)
                    .isEqualTo(expected);
        }
        assertThat(next).hasSize(MACHINES);
    }

    @Test
    void theyShareTheWorkAndSendNothingTwice() throws Exception {
        var name = newName("shared");
        RECEIVER.answer(name, message -> {
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 204;
        });
        register(name, "paused", true);
        var machines = new ArrayList<String>();
        for (int i = 0; i < MACHINES; i++) {
            machines.add(machineFor(name));
        }
        machines.forEach(machine -> change(machine, CHANGES));
        double before = delivered(metrics);
        try (var other = startAnother()) {
            patch(name, "{\"paused\": false}");
            int all = MACHINES * (1 + CHANGES);
            await(name, any -> deliveries(name, "&state=DELIVERED").size() == 100);
            RECEIVER.await(name, all);
            await(
                    name,
                    any -> deliveries(name, "&state=PENDING").isEmpty()
                            && deliveries(name, "&state=SENDING").isEmpty());
            isInOrderAndOnce(RECEIVER.received(name));
            double there = delivered(other.getBean(MeterRegistry.class));
            assertThat(there).isPositive().isLessThan(all);
            assertThat(delivered(metrics) - before + there).isEqualTo(all);
        }
    }

    @Test
    void whatAServiceSendsAtItsEndIsHandedBack() throws Exception {
        var name = newName("handed");
        RECEIVER.answer(name, message -> 500);
        register(name);
        var machine = machineFor(name);
        RECEIVER.await(name, 1);
        var other = startAnother();
        change(machine, 3);
        other.close();
        RECEIVER.answer(name, message -> 204);
        await(name, "DELIVERED", 4);
    }
}
