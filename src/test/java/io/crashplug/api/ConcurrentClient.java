package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.api.PlainClient.Answer;
import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.PhysicalRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** One of several clients that change the same machines: its memory is its own, the CPUs are everybody's. */
final class ConcurrentClient implements Callable<List<ConcurrentClient.Sent>> {

    /** Change sets of each client. */
    static final int CHANGE_SETS = 125;

    private static final int DIMMS = 8;
    private static final long DIMM_SIZE_BYTES = 128L << 20;
    private static final int SHARED_CPUS = 6;

    private final PlainClient http;
    private final int number;
    private final List<String> machines;
    private final Random random;
    private final Map<String, Set<PhysicalRange>> plugged = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    ConcurrentClient(PlainClient http, int number, List<String> machines) {
        this.http = http;
        this.number = number;
        this.machines = machines;
        this.random = new Random(number);
    }

    /** What a client sent to change something, and what it was answered. */
    record Sent(String machine, String requestId, Kind kind, Answer answer) {

        /** Whether it reached the machine, so that the history must tell of it. */
        boolean isAudited() {
            return kind == Kind.CHANGE_SET || kind == Kind.LOAD && answer.status() == 200;
        }
    }

    enum Kind {
        CHANGE_SET,
        DRY_RUN,
        LOAD
    }

    @Override
    public List<Sent> call() throws IOException, InterruptedException {
        for (int i = 0; i < CHANGE_SETS; i++) {
            var machine = machines.get(random.nextInt(machines.size()));
            switch (i % 25) {
                case 0 -> refused(machine);
                case 1, 2 -> dryRun(machine);
                case 3, 4, 5, 6 -> cpu(machine);
                default -> memory(machine);
            }
            if (i % 40 == 39) {
                load(machine);
            }
        }
        return sent;
    }

    /** The client's own memory, so only a header that is too large can be in the way. */
    private void memory(String machine) throws IOException, InterruptedException {
        var dimm = anyDimm();
        var mine = plugged.computeIfAbsent(machine, name -> new HashSet<>());
        var change = Requests.memory(mine.contains(dimm) ? "REMOVE_MEMORY" : "ADD_MEMORY", dimm);
        var whenTooLarge = random.nextInt(3) == 0 ? "KEEP_STALE" : "REFUSE";
        var answer = post(machine, Kind.CHANGE_SET, Requests.changeSet(change).put("whenTooLarge", whenTooLarge));
        if (whenTooLarge.equals("REFUSE") && answer.status() == 409) {
            assertThat(type(answer)).isEqualTo("/problems/elfcorehdr-too-large");
            return;
        }
        assertStatus(answer, 201);
        if (!mine.remove(dimm)) {
            mine.add(dimm);
        }
    }

    /** CPUs that others change as well, so it depends on who came first. */
    private void cpu(String machine) throws IOException, InterruptedException {
        var answer = post(machine, Kind.CHANGE_SET, anyCpuChange());
        assertStatus(answer, 201, 422);
        if (answer.status() == 422) {
            assertThat(type(answer)).isIn("/problems/cpu-already-present", "/problems/cpu-not-present");
        }
    }

    /** A change of a version that is long gone. */
    private void refused(String machine) throws IOException, InterruptedException {
        assertStatus(post(machine, Kind.CHANGE_SET, anyCpuChange(), "If-Match", "\"0\""), 412);
    }

    private void dryRun(String machine) throws IOException, InterruptedException {
        var add = Requests.memory("ADD_MEMORY", anyDimm());
        var answer = post(machine, Kind.DRY_RUN, Requests.changeSet(add));
        assertStatus(answer, 200, 409, 422);
        assertThat(answer.json().path("sequence").isNumber()).isFalse();
    }

    private void load(String machine) throws IOException, InterruptedException {
        var answer = send("PUT", machine, Kind.LOAD, "/crash-image", Requests.FILE_LOAD);
        // The header of more memory than the kernel is configured for has no room in its own segment.
        assertStatus(answer, 200, 422);
    }

    private PhysicalRange anyDimm() {
        long start = (number + 1L << 32) + random.nextInt(DIMMS) * DIMM_SIZE_BYTES;
        return PhysicalRange.ofSize(start, DIMM_SIZE_BYTES);
    }

    private JsonNode anyCpuChange() {
        var cpu = new CpuId(1 + random.nextInt(SHARED_CPUS));
        return Requests.changeSet(Requests.cpu(random.nextBoolean() ? "ADD_CPU" : "REMOVE_CPU", cpu));
    }

    private Answer post(String machine, Kind kind, JsonNode changeSet, String... headers)
            throws IOException, InterruptedException {
        var path = kind == Kind.DRY_RUN ? "/hotplug-events?dryRun=true" : "/hotplug-events";
        return send("POST", machine, kind, path, ApiTest.text(changeSet), headers);
    }

    private Answer send(String method, String machine, Kind kind, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var requestId = "client-%d-%d".formatted(number, sent.size());
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Request-Id", requestId, "Content-Type", "application/json"));
        var answer = http.send(method, "/machines/" + machine + path, body, all.toArray(String[]::new));
        sent.add(new Sent(machine, requestId, kind, answer));
        return answer;
    }

    private static void assertStatus(Answer answer, int... expected) {
        assertThat(IntStream.of(expected)).as(answer::text).contains(answer.status());
    }

    private static String type(Answer answer) {
        return answer.json().get("type").stringValue();
    }
}
