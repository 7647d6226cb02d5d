package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers beside a writer: what one answer shows was all so at one moment. */
class ReadsOfOneMomentTests extends ApiTest {

    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int FEW = 3;
    private static final int MANY = 103;

    private final String machine = newName("moment");

    @Test
    void anAnswerMixesNoTwoLayoutsOrHeaders() throws Exception {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);
        var more = SmallGuest.addAll(1, MANY - FEW);
        var fewer = Requests.changeSet(IntStream.rangeClosed(1, MANY - FEW)
                .mapToObj(SmallGuest::remove)
                .toList());
        long until = System.nanoTime() + TIME.toNanos();
        var threads = Executors.newFixedThreadPool(3);
        try {
            var writer = threads.submit((Callable<Integer>) () -> {
                int events = 0;
                for (; System.nanoTime() < until; events += 2) {
                    hotplug(machine, more);
                    hotplug(machine, fewer);
                }
                return events;
            });
            var readers = threads.submit((Callable<Integer>) () -> {
                int answers = 0;
                for (; System.nanoTime() < until; answers += 3) {
                    assertMachine();
                    assertHeader();
                    assertBytes();
                }
                return answers;
            });
            assertThat(writer.get()).isGreaterThan(1);
            assertThat(readers.get()).isGreaterThan(2);
        } finally {
            threads.shutdown();
        }
    }

    /** Odd generations have few ranges, as the first one had, and even ones many. */
    private void assertMachine() {
        var state = machine(machine);
        int generation = state.get("generation").intValue();
        assertThat(state.get("memory").get("systemRam")).hasSize(generation % 2 == 1 ? FEW : MANY);
        assertThat(state.get("crashImage").get("headerGeneration").intValue()).isEqualTo(generation);
    }

    private void assertHeader() {
        var header = elfcorehdr(machine);
        int phdrs = header.get("phdrCount").intValue();
        assertThat(header.get("ehdr").get("phnum").intValue()).isEqualTo(phdrs);
        assertThat(header.get("elfszBytes").intValue()).isEqualTo(phdrs > 72 ? 8192 : 4096);
        assertThat(header.get("generation").intValue() % 2).isEqualTo(phdrs > 72 ? 0 : 1);
    }

    private void assertBytes() {
        var answer = api().accept(ContentType.BINARY).get("/machines/{machine}/elfcorehdr", machine);
        assertThat(answer.statusCode()).isEqualTo(200);
        var bytes = answer.asByteArray();
        assertThat(bytes).hasSize(Byte.toUnsignedInt(bytes[56]) > 72 ? 8192 : 4096);
    }
}
