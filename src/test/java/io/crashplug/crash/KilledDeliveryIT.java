package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.api.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service is killed while a receiver has not answered yet. */
@ExtendWith(ProcessLogs.class)
class KilledDeliveryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int EVENTS = 4;

    @TempDir
    private Path directory;

    private static List<String> settings(List<String> ofDatabase, Receiver receiver) throws Exception {
        var settings = new ArrayList<>(ofDatabase);
        settings.add("--crashplug.webhooks.allowed-networks=127.0.0.0/8");
        settings.add("--crashplug.webhooks.ssl-bundle=receivers");
        settings.add("--spring.ssl.bundle.pem.receivers.truststore.certificate=" + receiver.certificate());
        settings.add("--crashplug.webhooks.timeout=2s");
        return settings;
    }

    private static void send(ServiceProcess service, String path, String body) throws Exception {
        var answer = service.client().send("POST", path, body, "Content-Type", "application/json");
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasOnItsWayIsSentAgainAndTheRestFollows(Store store) throws Exception {
        try (var receiver = Receiver.start();
                var database = store.open(directory);
                var service = new ServiceProcess(settings(database.settings(), receiver), directory)) {
            service.start();
            receiver.answer("hook", message -> Receiver.HANG);
            send(service, "/webhooks", "{\"name\": \"hook\", \"url\": \"%s\"}".formatted(receiver.url("hook")));
            var guest = Guest.ofEachKernel().get(0);
            guest.create(service.client());
            send(service, guest.path() + "/hotplug-events", "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 4}]}");
            receiver.await("hook", 1);
            service.kill();

            receiver.answer("hook", message -> 204);
            int before = receiver.received("hook").size();
            service.start();
            Deadline.in(PATIENCE)
                    .await(
                            () -> "all are delivered",
                            () -> service.client()
                                            .get("/webhooks/hook/deliveries?state=DELIVERED", "application/json")
                                            .json()
                                            .get("items")
                                            .size()
                                    == EVENTS);
            var messages = receiver.received("hook");
            assertThat(messages.get(before).id()).isEqualTo(messages.get(0).id());
            assertThat(messages.subList(before, messages.size()).stream()
                            .map(message -> message.event().get("sequence").stringValue()))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(EVENTS);
        }
    }
}
