package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The connections between the service and PostgreSQL are cut, also between a COMMIT and its answer. */
@Tag("long")
@ExtendWith(ProcessLogs.class)
class CutConnectionsIT {

    private static final int ANSWERS = 60;

    /** One in so many commits loses its answer. */
    private static final int COMMITS = 12;

    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(12);

    /** A connection is given up, and then there is none in time. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(40);

    private static final int PARK_MOST_MICROS = 5_000;

    @TempDir
    private Path directory;

    @Test
    void aRequestWithAKeyIsCarriedOutOnceHoweverOftenItIsSent() throws Exception {
        var random = CrashRandom.of("connections cut");
        var guests = Guest.ofEachKernel();
        var ledger = new Ledger();
        var commits = new Random(random.nextLong());
        int cuts = CrashRandom.kills() * 2;
        try (var database = PostgreSqlProcess.in(directory);
                var proxy = new TcpProxy(database.port(), () -> commits.nextInt(COMMITS) == 0);
                // So that the word COMMIT is sent each time, which the proxy looks for.
                var service = new ServiceProcess(Store.settings(urlThrough(proxy, "prepareThreshold=0")), directory)) {
            service.start();
            for (var guest : guests) {
                guest.create(service.client());
            }
            proxy.dropAnswers(true);
            new Load(guests, List.of(service.client()), ledger, true).during("c", random, () -> {
                for (int cut = 0; cut < cuts; cut++) {
                    ledger.awaitAnswers(1 + random.nextInt(ANSWERS));
                    // At any moment of a transaction.
                    LockSupport.parkNanos(1000L * random.nextInt(PARK_MOST_MICROS));
                    proxy.cutAll();
                }
                ledger.awaitAnswers(ANSWERS);
            });
            proxy.dropAnswers(false);
            assertThat(ledger.toRetry()).isEmpty();
            assertThat(proxy.droppedAnswers()).isPositive();
            var entries = new Audit(service.client(), guests, ledger).run();
            var unanswered = ledger.fates().values().stream()
                    .filter(fate -> fate.answer() == null
                            && entries.containsKey(fate.attempt().reason()))
                    .count();
            assertThat(unanswered).as("commits whose answer got lost").isPositive();
            System.out.printf(
                    "connections cut: %d cuts of all, %d answers to COMMIT lost; %s; %d entries, %d of them not answered%n",
                    cuts, proxy.droppedAnswers(), ledger.counts(), entries.size(), unanswered);
        }
    }

    @Test
    void aDatabaseThatSaysNothingAnyMoreIsGivenUpInTime() throws Exception {
        var guest = Guest.ofEachKernel().get(0);
        var changeSets = new ChangeSets(0);
        var random = CrashRandom.of("database silent");
        try (var database = PostgreSqlProcess.in(directory);
                var proxy = new TcpProxy(database.port(), () -> false);
                var service = new ServiceProcess(
                        Store.settings(urlThrough(proxy, "socketTimeout=" + SOCKET_TIMEOUT.toSeconds())), directory)) {
            service.start();
            guest.create(service.client());
            var attempt = new Attempt(guest, "silent", changeSets.next(guest, "silent", random), true, null);
            proxy.silence(true);
            long sent = System.nanoTime();
            assertThat(Verdict.of(attempt.send(service.client()))).isEqualTo(Verdict.UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(GIVEN_UP);
            proxy.silence(false);
            Deadline.in(GIVEN_UP)
                    .await(
                            () -> "the service goes on",
                            () -> Verdict.of(attempt.send(service.client())) == Verdict.IN_HISTORY);
        }
    }

    private static String urlThrough(TcpProxy proxy, String parameter) {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?%s".formatted(proxy.port(), parameter);
    }
}
