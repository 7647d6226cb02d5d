package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The service is killed while clients change machines, or while it starts, and started again on the same database. */
@ExtendWith(ProcessLogs.class)
class KilledServiceIT {

    /** Most answers that the clients get between two kills. */
    private static final int ANSWERS = 100;

    private static final Duration LATER = Duration.ofMillis(40);
    private static final Duration WHILE_STARTING = Duration.ofSeconds(6);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedIsThereOnceAndTheRestIsWholeOrNotAtAll(Store store) throws Exception {
        var random = CrashRandom.of("service killed over " + store);
        var guests = Guest.ofEachKernel();
        var ledger = new Ledger();
        int whileStarting = 0;
        try (var database = store.open(directory);
                var service = new ServiceProcess(database.settings(), directory)) {
            service.start();
            for (var guest : guests) {
                guest.create(service.client());
            }
            var load = new Load(guests, List.of(service.client()), ledger, false);
            var audit = new Audit(service.client(), guests, ledger);
            for (int kill = 1; kill <= CrashRandom.kills(); kill++) {
                load.during("k" + kill, random, () -> {
                    ledger.awaitAnswers(10 + random.nextInt(ANSWERS));
                    park(random, LATER);
                    service.kill();
                });
                if (random.nextInt(5) == 0) {
                    whileStarting++;
                    service.launch();
                    park(random, WHILE_STARTING);
                    service.kill();
                }
                service.start();
                audit.run();
                for (var attempt : ledger.toRetry()) {
                    assertThat(ledger.send(service.client(), attempt)).isEqualTo(Verdict.IN_HISTORY);
                }
            }
            var entries = audit.run();
            assertThat(ledger.toRetry()).isEmpty();
            System.out.printf(
                    "service killed over %s: %d kills under load, %d while starting; %s; %d entries%n",
                    store, CrashRandom.kills(), whileStarting, ledger.counts(), entries.size());
        }
    }

    /** Chooses the moment of a kill; nothing waits for it. */
    private static void park(Random random, Duration atMost) {
        LockSupport.parkNanos((long) (random.nextDouble() * atMost.toNanos()));
    }
}
