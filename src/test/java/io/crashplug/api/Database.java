package io.crashplug.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.springframework.util.FileSystemUtils;

/** The databases on which the tests of the API run; {@code -Dcrashplug.test.database=postgresql} for the other one. */
enum Database {
    H2 {
        @Override
        String urlOfNewOne() throws IOException {
            var directory = Files.createTempDirectory("crashplug");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                FileSystemUtils.deleteRecursively(directory.toFile());
            }));
            return urlIn(directory);
        }

        @Override
        String constraintOfNewRows() {
            return "nocheck";
        }

        @Override
        String placeOfRow() {
            return "_rowid_";
        }
    },
    POSTGRESQL {
        @Override
        String urlOfNewOne() throws SQLException {
            return PostgreSqlServer.urlOfNewDatabase();
        }

        @Override
        String constraintOfNewRows() {
            return "not valid";
        }

        @Override
        String placeOfRow() {
            return "cast(ctid as text)";
        }
    };

    static final Database TESTED =
            System.getProperty("crashplug.test.database", "h2").equals("postgresql") ? POSTGRESQL : H2;

    abstract String urlOfNewOne() throws IOException, SQLException;

    /** What makes a new constraint hold of rows that are written from now on. */
    abstract String constraintOfNewRows();

    /** A column that tells where a row lies, which changes when it is written again. */
    abstract String placeOfRow();

    /** As the service is configured by default, but for the place. */
    static String urlIn(Path directory) {
        return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(directory.resolve("crashplug"));
    }
}
