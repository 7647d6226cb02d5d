package io.crashplug.speed;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;

/** Two databases of one PostgreSQL server, whose commits are durable before they are answered. */
final class PostgreSqlStore implements Store {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    PostgreSqlStore() throws IOException {
        ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.WARN);
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
        try {
            execute("create database service");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public String serviceUrl() {
        return server.getJdbcUrl(USER, "service");
    }

    @Override
    public String floorUrl() {
        return server.getJdbcUrl(USER, "floor");
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public void copy() throws SQLException {
        execute("create database floor template service");
    }

    @Override
    public boolean counts() {
        return true;
    }

    @Override
    public RowCounts counts(String url) throws SQLException {
        var name = url.equals(floorUrl()) ? "floor" : "service";
        try (var connection = server.getPostgresDatabase().getConnection();
                var query = connection.prepareStatement("""
                        select xact_commit, tup_inserted, tup_updated, tup_deleted, tup_fetched
                        from pg_stat_database where datname = ?""")) {
            query.setString(1, name);
            try (var row = query.executeQuery()) {
                row.next();
                return new RowCounts(
                        row.getDouble(1), row.getDouble(2), row.getDouble(3), row.getDouble(4), row.getDouble(5));
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
