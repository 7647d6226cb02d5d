package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.fuzz.Dice;
import io.crashplug.fuzz.Operation;
import io.crashplug.fuzz.RequestGenerator;
import io.crashplug.fuzz.WireClient;
import io.crashplug.fuzz.WireRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * Whatever is sent to whichever operation: no answer says that the service failed, each is what the OpenAPI document says of
 * it, and what was refused has changed nothing.
 */
@TestPropertySource(properties = {"spring.application.name=crashplug-hostile", "logging.level.io.crashplug=error"})
class HostileInputTests extends ApiTest {

    private static final Logger log = LoggerFactory.getLogger("hostile-input");

    /** Another one for other requests. */
    private static final long SEED = Long.getLong("crashplug.fuzz.seed", 20_261_128);

    private static final int REQUESTS =
            Integer.getInteger("crashplug.fuzz.requests", Database.TESTED == Database.H2 ? 21_000 : 3_000);

    private static final int REQUESTS_OF_A_ROUND = 20;
    private static final int ENOUGH = 20;
    private static final int LONG = 1500;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private JdbcClient database;

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> statuses = new TreeMap<>();
    private int sent;

    @Test
    void isRefusedAndChangesNothing() throws IOException {
        log.error("seed {}, {} requests: -Dcrashplug.fuzz.seed, -Dcrashplug.fuzz.requests", SEED, REQUESTS);
        var dice = new Dice(SEED);
        var document = OpenApiContract.CHECKED_IN.document();
        try (var client = new WireClient(port)) {
            while (sent < REQUESTS && failures.size() < ENOUGH) {
                var known = somethingStored();
                var generator = new RequestGenerator(document, dice, known);
                for (var operation : Operation.of(document)) {
                    new Round(client, generator, operation).run();
                }
            }
        }
        log.error("{} requests were answered: {}", sent, statuses);
        assertThat(failures).as("seed %d", SEED).isEmpty();
        assertThat(sent).isGreaterThanOrEqualTo(REQUESTS);
    }

    /** Empties the database, stores a machine with everything, and tells what names lead to what exists. */
    private Map<String, List<String>> somethingStored() {
        Database.TESTED.empty(database);
        var guest = SmallGuest.text("vm-17", "LINUX_6_9", SmallGuest.LARGE);
        create(guest);
        load("vm-17", Requests.FILE_LOAD);
        var event = hotplug("vm-17", SmallGuest.addAll(1, 2));
        var segment = segment("vm-17");
        var verified = body(
                api().contentType("application/octet-stream").body(segment).post("/machines/vm-17/verifications"), 201);
        body(post("/tokens", "{\"name\": \"ada\", \"role\": \"admin\"}"), 201);
        body(post("/webhooks", "{\"name\": \"hook\", \"url\": \"https://receiver.example/\"}"), 201);
        var bare = create(SmallGuest.text("bare", "LINUX_6_6", SmallGuest.ONE_PAGE));
        var page = body(api().queryParam("pageSize", 1).get("/machines"), 200);
        var numbers = IntStream.range(0, 5).mapToObj(String::valueOf).toList();
        return Map.ofEntries(
                Map.entry(
                        "machine",
                        List.of("vm-17", "vm-17", "bare", event.get("machineId").stringValue())),
                Map.entry("index", numbers),
                Map.entry("revision", numbers),
                Map.entry("from", numbers),
                Map.entry("to", numbers),
                Map.entry("sequence", List.of("1", "2", verified.get("sequence").toString())),
                Map.entry("webhook", List.of("hook", "hook", "eve")),
                Map.entry("number", numbers),
                Map.entry("token", List.of("ada", "eve")),
                Map.entry("name", List.of("vm-17", "not-found", "machine-busy")),
                Map.entry("pageToken", List.of(page.get("nextPageToken").asString("none"))),
                Map.entry("pageSize", List.of("1", "500", "501", "0")),
                Map.entry("label", List.of("team=a", "team")),
                Map.entry("condition", List.of("KdumpReady=False", "HeaderFits=True")),
                Map.entry("If-Match", List.of("*", "\"%s\"".formatted(bare.get("version")))),
                Map.entry("Idempotency-Key", List.of("k1", "k2", "k3")),
                Map.entry("body", List.of(Base64.getEncoder().encodeToString(segment))));
    }

    /** Some requests for one operation, one after the other. */
    private final class Round {

        private final WireClient client;
        private final RequestGenerator generator;
        private final Operation operation;
        private DatabaseSnapshot before = DatabaseSnapshot.of(database);

        Round(WireClient client, RequestGenerator generator, Operation operation) {
            this.client = client;
            this.generator = generator;
            this.operation = operation;
        }

        void run() {
            for (int i = 0; i < REQUESTS_OF_A_ROUND; i++) {
                var request = generator.next(operation);
                sent++;
                try {
                    var answer = client.send(request);
                    statuses.merge(String.valueOf(answer.status()), 1, Integer::sum);
                    check(request, answer);
                } catch (IOException | AssertionError | RuntimeException e) {
                    failures.add("%n--- request %d of seed %d, for %s:%n%s%n--- %s"
                            .formatted(sent, SEED, operation, request, shortened(e)));
                    before = DatabaseSnapshot.of(database);
                }
            }
            // What is only read is looked at once.
            DatabaseSnapshot.of(database).assertRefused(before);
        }

        private static String shortened(Throwable failure) {
            var text = failure.toString();
            return text.length() > LONG ? text.substring(0, LONG) + "…" : text;
        }

        private void check(WireRequest request, WireClient.Answer answer) {
            if (answer.status() != 503) {
                assertThat(answer.status()).as("an answer of no failure").isLessThan(500);
            }
            OpenApiContract.CHECKED_IN.check(
                    request.method(),
                    request.path(),
                    new OpenApiContract.Answer(answer.status(), answer::header, answer.body()));
            if (!WireRequest.SAFE.contains(request.method())) {
                var now = DatabaseSnapshot.of(database);
                if (answer.status() >= 300) {
                    now.assertRefused(before);
                }
                before = now;
            }
        }
    }
}
