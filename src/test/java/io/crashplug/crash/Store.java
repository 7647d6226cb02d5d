package io.crashplug.crash;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The databases that the service runs over. */
enum Store {
    H2_FILE {
        @Override
        Opened open(Path directory) {
            var url = "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(directory.resolve("crashplug"));
            return new Opened(List.of("--spring.datasource.url=" + url), () -> {});
        }
    },
    POSTGRESQL {
        @Override
        Opened open(Path directory) throws Exception {
            var server = PostgreSqlProcess.in(directory);
            return new Opened(settings(server.url()), server);
        }
    };

    abstract Opened open(Path directory) throws Exception;

    /** The service's settings for PostgreSQL. */
    static List<String> settings(String url) {
        return List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + PostgreSqlProcess.USER,
                "--spring.datasource.password=" + PostgreSqlProcess.USER);
    }

    /**
     * A database for a test.
     *
     * @param settings of the service
     */
    record Opened(List<String> settings, Closeable server) implements Closeable {

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
