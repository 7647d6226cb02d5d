package io.crashplug.speed;

import io.crashplug.CrashplugApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills a database with machines and writes down what the service, with the same settings as when it is measured, sends
 * to it for one event of each kind.
 *
 * @param machines all but the recorded one, in the same state as that was when the recording began
 */
record Preparation(List<FloorMachine> machines, Script add, Script remove) {

    private static final int MACHINES = 64;
    private static final JsonMapper JSON = new JsonMapper();

    /** Events that each machine sees first, so that nothing is a first time any more. */
    private static final int EARLIER_PAIRS = 2;

    static Preparation of(Store store) throws IOException {
        var recording = new Recording();
        var application = new SpringApplicationBuilder(CrashplugApplication.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("recording", Recording.class, () -> recording));
        var settings = new ArrayList<>(List.of(store.settings(store.serviceUrl())));
        settings.addAll(List.of("--server.port=0", "--logging.level.root=error"));
        try (var context = application.run(settings.toArray(String[]::new))) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            try (var client = new LightClient(port)) {
                var recorded = machine(client, "recorded");
                var machines = new ArrayList<FloorMachine>();
                for (int i = 0; i < MACHINES; i++) {
                    machines.add(machine(client, "vm-" + i));
                }
                return record(client, recorded, recording, List.copyOf(machines));
            }
        }
    }

    private static FloorMachine machine(LightClient client, String name) throws IOException {
        var created = client.send(LightClient.request("POST", "/machines", Guest.text(name)))
                .require(201, name);
        client.send(LightClient.request(
                        "PUT", "/machines/%s/crash-image".formatted(name), "{\"loadPath\": \"KEXEC_FILE_LOAD\"}"))
                .require(201, "KEXEC_FILE_LOAD");
        var sender = new HttpSender(client, List.of(new HttpMachine(name)), false);
        for (int i = 0; i < 2 * EARLIER_PAIRS; i++) {
            sender.send();
        }
        return new FloorMachine(
                UUID.fromString(JSON.readTree(created.body()).get("id").stringValue()), name);
    }

    private static Preparation record(
            LightClient client, FloorMachine recorded, Recording recording, List<FloorMachine> machines)
            throws IOException {
        var sender = new HttpSender(client, List.of(new HttpMachine(recorded.name())), false);
        var sent = new ArrayList<List<Recording.Sent>>();
        for (int i = 0; i < 2 * Script.SAMPLES; i++) {
            recording.take();
            sender.send();
            sent.add(recording.take());
        }
        return new Preparation(machines, script(recorded, sent, 0), script(recorded, sent, 1));
    }

    private static Script script(FloorMachine recorded, List<List<Recording.Sent>> sent, int first) {
        return Script.of(
                recorded,
                IntStream.range(0, Script.SAMPLES)
                        .mapToObj(i -> sent.get(2 * i + first))
                        .toList());
    }
}
