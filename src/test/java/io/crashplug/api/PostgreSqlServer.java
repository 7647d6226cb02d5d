package io.crashplug.api;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Gives the service that imports it a new database on a PostgreSQL server of the tests' own. */
@TestConfiguration(proxyBeanMethods = false)
class PostgreSqlServer {

    static final String USER = "postgres";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Started when first needed, ended with the tests. */
    private static final class Running {

        static final EmbeddedPostgres SERVER = start();

        /** With the server's own defaults for what makes a commit durable; the library turns that off. */
        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Bean
    JdbcConnectionDetails newDatabase() throws SQLException {
        return new Connection(urlOfNewDatabase());
    }

    /** The address of a new database, with user and password in it. */
    static String urlOfNewDatabase() throws SQLException {
        var name = "crashplug" + DATABASES.incrementAndGet();
        try (var connection = Running.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return Running.SERVER.getJdbcUrl(USER, name);
    }

    private record Connection(String getJdbcUrl) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return USER;
        }

        @Override
        public String getPassword() {
            return USER;
        }
    }
}
