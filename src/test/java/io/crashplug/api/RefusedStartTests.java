package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crashplug.persistence.Migrations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Databases on which the service does not start, and says why. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTests {

    @TempDir
    private Path directory;

    private static Store newer(Database database) throws IOException, SQLException {
        var store = Store.of(database);
        try (var parts = store.parts()) {
            Migrations.migrate(parts.getBean(Flyway.class));
        }
        int added = store.database().sql("""
                        insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
                            "checksum", "installed_by", "installed_on", "execution_time", "success")
                        select 99, '99', 'from the future', "type", 'V99__from_the_future.sql',
                            1, "installed_by", "installed_on", 1, "success"
                        from "flyway_schema_history" where "version" = '1'""").update();
        assertThat(added).isOne();
        return store;
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aNewerSchemaIsLeftAsItIs(Database database, CapturedOutput output) throws IOException, SQLException {
        var store = newer(database);
        var before = DatabaseSnapshot.of(store.database());
        var sentence = "The database has schema version 99, and this version of Crashplug knows %s only."
                .formatted(Migrations.newestKnown());

        assertThatThrownBy(store::start).hasStackTraceContaining(sentence);
        assertThat(output).contains(sentence + " Nothing was changed.", "Start the version of Crashplug that wrote");

        var ended = store.job("--verify-store");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains(sentence);
        assertThat(DatabaseSnapshot.of(store.database())).isEqualTo(before);
    }

    @Test
    void aFileThatAnotherProcessHasOpen(CapturedOutput output) throws IOException {
        var store = new Store(Database.urlIn(directory), "crashplug", "");
        try (var file = FileChannel.open(
                        directory.resolve("crashplug.mv.db"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(store::start).hasStackTraceContaining("90020");
            assertThat(output)
                    .contains("The database file is in use by another process", "GET /api/v1/export")
                    .doesNotContain("\tat ");
            var ended = store.job("--export=" + directory.resolve("archive"));
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains("The database file is in use by another process", "GET /api/v1/export");
        }
    }
}
