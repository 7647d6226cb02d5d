package io.crashplug.crash;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server as a process, always on the same port and files; each commit is forced to the disk. */
final class PostgreSqlProcess implements Closeable {

    static final String USER = "postgres";

    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofSeconds(20);

    private final int port = FreePort.any();
    private final Path cluster;
    private final Path log;

    private @Nullable Process process;

    private PostgreSqlProcess(Path cluster) {
        this.cluster = cluster;
        this.log = ProcessLogs.add(cluster.resolveSibling(cluster.getFileName() + ".log"));
    }

    /** A server on a new cluster below a directory. */
    static PostgreSqlProcess in(Path directory) throws Exception {
        var server = new PostgreSqlProcess(directory.resolve("primary"));
        PostgreSqlFiles.ONCE.copyCluster(server.cluster);
        server.start();
        return server;
    }

    /** A server that repeats what another one commits, from now on and before the other one's commit ends. */
    static PostgreSqlProcess standbyOf(PostgreSqlProcess primary) throws Exception {
        var standby = new PostgreSqlProcess(primary.cluster.resolveSibling("standby"));
        primary.backUp(standby, Load.Disturbance::run);
        Files.createFile(standby.cluster.resolve("standby.signal"));
        Files.writeString(
                standby.cluster.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s application_name=standby'%n"
                        .formatted(primary.port, USER));
        standby.start();
        try (var connection = primary.connect();
                var statement = connection.createStatement()) {
            statement.execute("alter system set synchronous_standby_names = 'standby'");
            statement.execute("select pg_reload_conf()");
            Deadline.in(START).await(() -> "the standby is synchronous", () -> {
                try (var state = statement.executeQuery(
                        "select 1 from pg_stat_replication where sync_state = 'sync' and state = 'streaming'")) {
                    return state.next();
                }
            });
        }
        return standby;
    }

    /**
     * A server, not started, on a base backup of this one with the log that belongs to it.
     *
     * @param course does the copying at its time; the backup ends when it returns
     */
    PostgreSqlProcess restored(Course course) throws Exception {
        var restored = new PostgreSqlProcess(cluster.resolveSibling("restored"));
        backUp(restored, course);
        PostgreSqlFiles.copyLog(cluster, restored.cluster);
        return restored;
    }

    /** What is done in the course of a backup, the copying of files included. */
    interface Course {
        void run(Load.Disturbance copying) throws Exception;
    }

    private void backUp(PostgreSqlProcess target, Course course) throws Exception {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('copy', true)");
            course.run(() -> PostgreSqlFiles.copyRunning(cluster, target.cluster));
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                label.next();
                Files.writeString(target.cluster.resolve("backup_label"), label.getString(1));
            }
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, USER);
    }

    /** Starts it on the files it left, and returns when it takes connections. */
    void start() throws Exception {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            // In a name space where it is nobody, since it refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
                List.of(PostgreSqlFiles.ONCE.programs().resolve("postgres").toString(), "-D", cluster.toString()));
        Map.of(
                        "port", String.valueOf(port),
                        "listen_addresses", "127.0.0.1",
                        "unix_socket_directories", "",
                        "fsync", "on",
                        "synchronous_commit", "on",
                        "full_page_writes", "on",
                        "wal_keep_size", "256MB")
                .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Deadline.in(START).await(() -> "PostgreSQL takes connections", () -> takesConnections(started));
    }

    private boolean takesConnections(Process started) {
        if (!started.isAlive()) {
            throw new AssertionError("PostgreSQL ended while it started");
        }
        try (var connection = connect()) {
            return connection.isValid(0);
        } catch (SQLException e) {
            return false;
        }
    }

    /** SIGKILL to the server and all its processes, as if the machine had lost its power but for what is on the disk. */
    void kill() throws Exception {
        var server = process;
        if (server == null) {
            return;
        }
        var workers = server.descendants().toList();
        server.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        for (var one : workers) {
            one.onExit().get(END.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!server.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("PostgreSQL outlived SIGKILL");
        }
        // Another process may have the number by now; PostgreSQL would take that for itself.
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        process = null;
    }

    /** Makes a standby a primary, and returns when it is one. */
    void promote() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var promoted = statement.executeQuery("select pg_promote()")) {
            if (!promoted.next() || !promoted.getBoolean(1)) {
                throw new AssertionError("the standby was not promoted");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (Exception e) {
            throw new IOException("PostgreSQL could not be ended", e);
        }
    }
}
