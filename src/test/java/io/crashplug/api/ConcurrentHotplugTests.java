package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Clients that plug into one machine at the same time. */
class ConcurrentHotplugTests extends ApiTest {

    @ParameterizedTest
    @CsvSource({"2, 10", "8, 4"})
    void everyEventIsInTheHistoryAndTheHeaderIsTheSequentialOne(int threads, int events) throws Exception {
        var machine = guest();
        var together = new CyclicBarrier(threads);

        var answers = inThreads(threads, thread -> {
            var own = new ArrayList<JsonNode>();
            together.await();
            for (int i = 0; i < events; i++) {
                own.add(hotplug(machine, SmallGuest.addAll(1 + thread * events + i, 1)));
            }
            return own;
        });

        int all = threads * events;
        // Number 1 is the load.
        assertThat(answers.stream().map(event -> event.get("sequence").longValue()))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, all + 1).boxed().toList());
        assertThat(answers).allSatisfy(event -> {
            long sequence = event.get("sequence").longValue();
            assertThat(event.get("outcome").stringValue()).isEqualTo("REBUILT");
            assertThat(event.get("header").get("revision").longValue()).isEqualTo(sequence);
            assertThat(event.get("generation").get("after").longValue()).isEqualTo(sequence);
        });
        assertChained(machine, all + 1);

        var other = guest();
        hotplug(other, SmallGuest.addAll(1, all));
        assertThat(HeaderBytes.of(segment(machine))).isEqualTo(HeaderBytes.of(segment(other)));
        assertThat(machine(machine).get("memory")).isEqualTo(machine(other).get("memory"));
    }

    @ParameterizedTest
    @CsvSource("8")
    void ofManyThatPlugTheSameOneSucceeds(int threads) throws Exception {
        var machine = guest();
        var together = new CyclicBarrier(threads);

        var statuses = inThreads(threads, thread -> {
            together.await();
            return List.of(post("/machines/" + machine + "/hotplug-events", SmallGuest.addAll(1, 1))
                    .statusCode());
        });

        assertThat(statuses).containsOnlyOnce(201).contains(422);
        assertThat(statuses).allMatch(status -> status == 201 || status == 422);
        var history = body(api().get("/machines/{machine}/hotplug-events", machine), 200);
        assertThat(history.get("items")).hasSize(threads + 1);
        assertThat(machine(machine).get("generation").intValue()).isEqualTo(2);
    }

    private String guest() {
        var name = newName("concurrent");
        create(SmallGuest.text(name, "LINUX_6_9", SmallGuest.LARGE));
        load(name, Requests.FILE_LOAD);
        return name;
    }

    /** Each entry begins where the one before it ended, and the last one where the machine is. */
    private void assertChained(String machine, int count) {
        var history = body(api().get("/machines/{machine}/hotplug-events?order=asc&pageSize=500", machine), 200)
                .get("items");
        assertThat(history).hasSize(count);
        for (int i = 1; i < count; i++) {
            var before = history.get(i - 1);
            var entry = history.get(i);
            assertThat(entry.get("sequence").intValue()).isEqualTo(i + 1);
            assertThat(entry.get("generation").get("before"))
                    .isEqualTo(before.get("generation").get("after"));
            assertThat(entry.get("header").get("sha256Before"))
                    .isEqualTo(before.get("header").get("sha256After"));
        }
        var last = history.get(count - 1).get("header").get("sha256After").stringValue();
        assertThat(HeaderBytes.of(header(machine)).sha256()).isEqualTo(last);
    }

    private interface Work<T> {
        List<T> of(int thread) throws Exception;
    }

    private static <T> List<T> inThreads(int threads, Work<T> work) throws InterruptedException, ExecutionException {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var tasks = IntStream.range(0, threads)
                    .mapToObj(thread -> (Callable<List<T>>) () -> work.of(thread))
                    .toList();
            var results = new ArrayList<T>();
            for (Future<List<T>> result : pool.invokeAll(tasks)) {
                results.addAll(result.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
