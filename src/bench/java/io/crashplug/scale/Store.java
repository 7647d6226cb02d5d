package io.crashplug.scale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A database server, or a folder of database files, with durable commits. */
final class Store implements AutoCloseable {

    /** Which database. */
    enum Kind {
        POSTGRESQL,
        H2
    }

    private final Kind kind;
    private final Path folder;
    private final @Nullable EmbeddedPostgres server;

    Store(Kind kind, Path folder) throws IOException {
        this.kind = kind;
        this.folder = folder;
        // The library turns off what makes a commit durable.
        this.server = kind == Kind.H2
                ? null
                : EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(folder.toFile())
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_wal_size", "4GB")
                        .setServerConfig("checkpoint_timeout", "15min")
                        .start();
    }

    Kind kind() {
        return kind;
    }

    /** Makes a database where it has to be made, and tells how it is reached. */
    String url(String name) throws SQLException {
        if (server == null) {
            return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(folder.resolve(name));
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    String user() {
        return kind == Kind.H2 ? "crashplug" : "postgres";
    }

    String password() {
        return kind == Kind.H2 ? "" : "postgres";
    }

    /** A connection past the service, which must not run where the database is a file. */
    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, user(), password());
    }

    /** What turns the checks of references off, or on again: rows are copied with all that they refer to. */
    String checkReferences(boolean check) {
        return kind == Kind.H2
                ? "set referential_integrity " + check
                : "set session_replication_role = " + (check ? "origin" : "replica");
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
