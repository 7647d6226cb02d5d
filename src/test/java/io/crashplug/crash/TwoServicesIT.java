package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two services over one PostgreSQL, which clients use as they come; now and then one of them is killed. */
@ExtendWith(ProcessLogs.class)
class TwoServicesIT {

    private static final int ANSWERS = 150;

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostOrDoneTwiceAndTheOtherOneGoesOn() throws Exception {
        var random = CrashRandom.of("two services");
        var guests = Guest.ofEachKernel();
        var ledger = new Ledger();
        int kills = Math.max(1, CrashRandom.kills() / 4);
        try (var database = PostgreSqlProcess.in(directory);
                var first = new ServiceProcess(Store.settings(database.url()), directory);
                var second = new ServiceProcess(Store.settings(database.url()), directory)) {
            var services = List.of(first, second);
            // Both make the tables, or wait for the other one to make them.
            first.launch();
            second.launch();
            first.awaitAnswers();
            second.awaitAnswers();
            for (var guest : guests) {
                guest.create(first.client());
            }
            var load = new Load(guests, List.of(first.client(), second.client()), ledger, true);
            load.during("t", random, () -> {
                ledger.awaitAnswers(ANSWERS);
                for (int kill = 0; kill < kills; kill++) {
                    var killed = services.get(random.nextInt(2));
                    killed.kill();
                    ledger.awaitAnswers(1 + random.nextInt(ANSWERS));
                    killed.start();
                    ledger.awaitAnswers(1 + random.nextInt(ANSWERS));
                }
            });
            assertThat(ledger.toRetry()).isEmpty();
            var entries = new Audit(first.client(), guests, ledger).run();
            assertThat(new Audit(second.client(), guests, ledger).run()).isEqualTo(entries);
            System.out.printf("two services: %d kills; %s; %d entries%n", kills, ledger.counts(), entries.size());
        }
    }
}
