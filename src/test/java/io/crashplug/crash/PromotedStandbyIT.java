package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A synchronous standby is promoted after the primary was killed; the service knows both from the beginning. */
@Tag("long")
@ExtendWith(ProcessLogs.class)
class PromotedStandbyIT {

    private static final int ANSWERS = 200;

    @TempDir
    private Path directory;

    @Test
    void theServiceGoesOnWithTheStandbyAndNothingAcknowledgedIsLost() throws Exception {
        var random = CrashRandom.of("standby promoted");
        var guests = Guest.ofEachKernel();
        var ledger = new Ledger();
        try (var primary = PostgreSqlProcess.in(directory);
                var standby = PostgreSqlProcess.standbyOf(primary);
                var service = new ServiceProcess(Store.settings(urlOfBoth(primary, standby)), directory)) {
            service.start();
            for (var guest : guests) {
                guest.create(service.client());
            }
            new Load(guests, List.of(service.client()), ledger, true).during("s", random, () -> {
                ledger.awaitAnswers(ANSWERS + random.nextInt(ANSWERS));
                primary.kill();
                long killed = System.nanoTime();
                standby.promote();
                ledger.awaitAnswers(1);
                System.out.printf(
                        "standby promoted: %s from the kill to the next answer%n",
                        Duration.ofNanos(System.nanoTime() - killed));
                ledger.awaitAnswers(ANSWERS);
            });
            assertThat(service.isAlive()).isTrue();
            assertThat(ledger.toRetry()).isEmpty();
            var entries = new Audit(service.client(), guests, ledger).run();
            System.out.printf("standby promoted: 1 kill; %s; %d entries%n", ledger.counts(), entries.size());
        }
    }

    private static String urlOfBoth(PostgreSqlProcess primary, PostgreSqlProcess standby) {
        return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?targetServerType=primary&socketTimeout=60"
                .formatted(primary.port(), standby.port());
    }
}
