package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed under the running service, and started again on the same files. */
@Tag("long")
@ExtendWith(ProcessLogs.class)
class KilledDatabaseIT {

    private static final int ANSWERS = 150;

    @TempDir
    private Path directory;

    @Test
    void theServiceGoesOnAndNothingAcknowledgedIsLost() throws Exception {
        var random = CrashRandom.of("database killed");
        var guests = Guest.ofEachKernel();
        var ledger = new Ledger();
        int kills = Math.max(1, CrashRandom.kills() / 2);
        try (var database = PostgreSqlProcess.in(directory);
                var service = new ServiceProcess(Store.settings(database.url()), directory)) {
            service.start();
            for (var guest : guests) {
                guest.create(service.client());
            }
            new Load(guests, List.of(service.client()), ledger, true).during("d", random, () -> {
                for (int kill = 0; kill < kills; kill++) {
                    ledger.awaitAnswers(1 + random.nextInt(ANSWERS));
                    database.kill();
                    database.start();
                }
                ledger.awaitAnswers(ANSWERS);
            });
            assertThat(service.isAlive()).isTrue();
            assertThat(ledger.toRetry()).isEmpty();
            var entries = new Audit(service.client(), guests, ledger).run();
            System.out.printf("database killed: %d kills; %s; %d entries%n", kills, ledger.counts(), entries.size());
        }
    }
}
