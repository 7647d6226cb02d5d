package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.api.ConcurrentClient.Kind;
import io.crashplug.api.ConcurrentClient.Sent;
import io.crashplug.api.ConcurrentReader.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Sixteen clients send 2,000 change sets to the same four machines at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentHotplugTests extends ApiTest {

    private static final int CLIENTS = 16;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final List<Sent> sent = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final List<History> histories = new ArrayList<>();

    @LocalServerPort
    private int port;

    private PlainClient http;

    @BeforeAll
    void changeTheSameMachines() throws Exception {
        http = PlainClient.checking(port);
        var machines = SharedMachine.oneOfEachKind();
        for (var machine : machines) {
            create(machine.request());
            load(machine.name(), Requests.FILE_LOAD);
        }
        var names = machines.stream().map(SharedMachine::name).toList();
        var ended = new AtomicBoolean();
        var reader = new ConcurrentReader(http, names, ended);
        var writers = IntStream.range(0, CLIENTS)
                .mapToObj(number -> new ConcurrentClient(http, number, names))
                .toList();
        AtOnce.run(LIMIT, List.<Callable<Boolean>>of(() -> seen.addAll(reader.call()), () -> {
            try {
                return AtOnce.run(LIMIT, writers).stream().allMatch(sent::addAll);
            } finally {
                ended.set(true);
            }
        }));
        for (var machine : machines) {
            histories.add(History.of(http, machine));
        }
    }

    @Test
    void numbersOfEntriesHaveNoGap() {
        assertThat(histories)
                .allSatisfy(history -> assertThat(history.entries().stream()
                                .map(entry -> entry.get("sequence").longValue()))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, history.entries().size())
                                        .boxed()
                                        .toList()));
    }

    @Test
    void theFeedTellsOfEachEntryOnceAndInItsOrder() throws Exception {
        var byMachine = new HashMap<String, List<JsonNode>>();
        for (var history : histories) {
            byMachine.put(machine(history.machine().name()).get("id").stringValue(), history.entries());
        }
        new FeedModel().follow(http, byMachine);
    }

    @Test
    void whatReachedAMachineIsInItsHistoryOnceAndNothingElse() {
        assertThat(sent.stream().filter(one -> one.kind() != Kind.LOAD))
                .hasSize(CLIENTS * ConcurrentClient.CHANGE_SETS);
        for (var history : histories) {
            var audited = sent.stream()
                    .filter(one -> one.machine().equals(history.machine().name()) && one.isAudited())
                    .map(Sent::requestId);
            // The first entry is of the load before the clients came.
            assertThat(history.entries().stream()
                            .skip(1)
                            .map(entry -> entry.get("requestId").stringValue()))
                    .containsExactlyInAnyOrderElementsOf(audited.toList());
        }
    }

    @Test
    void anEntryIsWhatItsClientWasAnswered() {
        var entries = new HashMap<String, JsonNode>();
        histories.forEach(history -> history.entries()
                .forEach(entry -> entries.put(entry.get("requestId").stringValue(), entry)));
        sent.stream().filter(one -> one.kind() == Kind.CHANGE_SET).forEach(one -> {
            var answer = one.answer().json();
            var entry = entries.get(one.requestId());
            if (one.answer().status() == 201) {
                assertThat(answer).isEqualTo(entry);
            } else {
                assertThat(answer.get("sequence")).isEqualTo(entry.get("sequence"));
                assertThat(answer.get("type")).isEqualTo(entry.get("problem"));
                assertThat(answer.get("detail")).isEqualTo(entry.get("detail"));
            }
        });
    }

    @Test
    void revisionsRiseByOneAndEachBeginsWithTheBytesOfTheOneBefore() {
        for (var history : histories) {
            long revision = 0;
            JsonNode sha256 = null;
            for (var entry : history.entries()) {
                boolean changesBytes = History.CHANGES_BYTES.contains(History.outcome(entry));
                if (changesBytes) {
                    revision++;
                }
                if (entry.get("header").isNull()) continue;
                assertThat(entry.at("/header/revision").longValue()).isEqualTo(revision);
                if (sha256 != null) assertThat(entry.at("/header/sha256Before")).isEqualTo(sha256);
                sha256 = entry.at("/header/sha256After");
            }
        }
    }

    @Test
    void anEntryBeginsWithTheLayoutThatTheOneBeforeLeft() {
        for (var history : histories) {
            long generation = 1;
            for (var entry : history.entries()) {
                assertThat(entry.at("/generation/before").longValue()).isEqualTo(generation);
                generation += History.KEEPS_LAYOUT.contains(History.outcome(entry)) ? 0 : 1;
                assertThat(entry.at("/generation/after").longValue()).isEqualTo(generation);
            }
        }
    }

    @Test
    void aReaderSeesNothingThatNeverWas() {
        assertThat(seen).hasSizeGreaterThan(100);
        var layouts = new HashMap<String, String>();
        assertThat(seen).allSatisfy(look -> {
            var only = look.what().equals("revision")
                    ? sha256OfRevision(look.machine(), look.number())
                    : layouts.computeIfAbsent(look.machine() + look.number(), key -> look.content());
            assertThat(look.content()).isEqualTo(only);
        });
    }

    private String sha256OfRevision(String machine, long revision) {
        return histories.stream()
                .filter(history -> history.machine().name().equals(machine))
                .map(history ->
                        history.revision(revision).at("/header/sha256After").stringValue())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theBytesAreThoseOfTheSameChangesOneAfterTheOther() throws Exception {
        var replays = new ArrayList<Replay>();
        for (var history : histories) {
            var twin = history.machine().twin();
            create(twin.request());
            replays.add(new Replay(http, history, twin.name()));
        }
        assertThat(AtOnce.run(LIMIT, replays)).allSatisfy(ends -> {
            assertThat(ends.segment()).isEqualTo(ends.ofModel());
            assertThat(ends.layout()).isEqualTo(ends.layoutOfModel());
        });
    }
}
