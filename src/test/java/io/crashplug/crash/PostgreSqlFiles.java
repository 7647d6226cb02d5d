package io.crashplug.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL's programs, and a database cluster that nobody has written to, made once for all tests. */
record PostgreSqlFiles(Path programs, Path cluster) {

    static final PostgreSqlFiles ONCE = unpack();

    /** What a copy of a cluster must not bring along: of a running server, or of no use without it. */
    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts", "pg_replslot", "pg_wal");

    private static PostgreSqlFiles unpack() {
        var directory = Path.of("target", "postgresql").toAbsolutePath();
        try {
            var cluster = directory.resolve("cluster");
            FileSystemUtils.deleteRecursively(cluster);
            // The library unpacks its programs, makes a cluster, and starts it to see whether it runs.
            EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .setDataDirectory(cluster)
                    .setCleanDataDirectory(false)
                    .start()
                    .close();
            try (var unpacked = Files.walk(directory, 3)) {
                var postgres = unpacked.filter(file -> file.endsWith("bin/postgres"))
                        .findFirst()
                        .orElseThrow();
                return new PostgreSqlFiles(postgres.getParent(), cluster);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the new cluster. */
    void copyCluster(Path target) throws IOException {
        copy(cluster, target, Set.of("postmaster.pid", "postmaster.opts"));
    }

    /** Copies a cluster whose server runs and knows of it; write-ahead log is left to be fetched. */
    static void copyRunning(Path source, Path target) throws IOException {
        copy(source, target, NOT_COPIED);
        for (var needed : List.of("pg_replslot", "pg_wal/archive_status", "pg_wal/summaries")) {
            Files.createDirectories(target.resolve(needed));
        }
    }

    /** Copies the write-ahead log of a running server. */
    static void copyLog(Path source, Path target) throws IOException {
        copy(source.resolve("pg_wal"), target.resolve("pg_wal"), Set.of("archive_status", "summaries"));
    }

    private static void copy(Path source, Path target, Set<String> without) throws IOException {
        List<Path> files;
        try (var all = Files.walk(source)) {
            files = all.filter(file -> file.equals(source)
                            || !without.contains(
                                    source.relativize(file).getName(0).toString()))
                    .toList();
        }
        for (var file : files) {
            try {
                var copied = target.resolve(source.relativize(file).toString());
                if (!Files.isDirectory(copied)) {
                    Files.copy(file, copied);
                }
            } catch (NoSuchFileException e) {
                // A running server removes files; its log tells the copy what became of them.
            }
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
    }
}
