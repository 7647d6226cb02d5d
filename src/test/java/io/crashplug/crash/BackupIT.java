package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a database, made while machines are changed or while the service is stopped, and restored elsewhere. */
@ExtendWith(ProcessLogs.class)
class BackupIT {

    private static final int ANSWERS = 100;

    @TempDir
    private Path directory;

    private final List<Guest> guests = Guest.ofEachKernel();
    private final Ledger ledger = new Ledger();

    /** Has clients change machines, and copies the database before they end and the service is killed. */
    private interface Copy {
        void during(Load load) throws Exception;
    }

    private void loaded(List<String> settings, Copy copy) throws Exception {
        try (var service = new ServiceProcess(settings, directory)) {
            service.start();
            for (var guest : guests) {
                guest.create(service.client());
            }
            copy.during(new Load(guests, List.of(service.client()), ledger, true));
            service.kill();
        }
    }

    /** All that was answered is in the copy once, and the service goes on with it. */
    private void assertGoesOn(List<String> settings) throws Exception {
        try (var service = new ServiceProcess(settings, directory)) {
            service.start();
            var audit = new Audit(service.client(), guests, ledger);
            int entries = audit.run().size();
            assertThat(entries).isGreaterThanOrEqualTo(ANSWERS);
            var load = new Load(guests, List.of(service.client()), ledger, true);
            load.during("after", CrashRandom.of("after a restore"), () -> ledger.awaitAnswers(ANSWERS));
            assertThat(audit.run().size()).isGreaterThanOrEqualTo(entries + ANSWERS);
        }
    }

    @Test
    void aBaseBackupOfPostgreSqlHasWhatWasAnsweredUntilItsEnd() throws Exception {
        try (var primary = PostgreSqlProcess.in(directory)) {
            var copies = new ArrayList<PostgreSqlProcess>();
            loaded(
                    Store.settings(primary.url()),
                    load -> copies.add(primary.restored(
                            copying -> load.during("before", CrashRandom.of("base backup"), () -> {
                                ledger.awaitAnswers(ANSWERS / 2);
                                copying.run();
                                ledger.awaitAnswers(ANSWERS / 2);
                            }))));
            primary.kill();
            try (var restored = copies.get(0)) {
                restored.start();
                assertGoesOn(Store.settings(restored.url()));
            }
        }
    }

    @Test
    void aCopyOfTheH2FileHasWhatWasAnsweredBeforeTheServiceEnded() throws Exception {
        var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (var original = Store.H2_FILE.open(directory)) {
            loaded(
                    original.settings(),
                    load -> load.during(
                            "before", CrashRandom.of("copy of a file"), () -> ledger.awaitAnswers(ANSWERS)));
        }
        Files.copy(directory.resolve("crashplug.mv.db"), elsewhere.resolve("crashplug.mv.db"));
        try (var copy = Store.H2_FILE.open(elsewhere)) {
            assertGoesOn(copy.settings());
        }
    }
}
