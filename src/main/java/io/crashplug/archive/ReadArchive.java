package io.crashplug.archive;

import io.crashplug.command.CommandFailed;
import io.crashplug.persistence.Migrations;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.stereotype.Service;

/** Reads an archive into an empty database, all of it or nothing. */
@Service
class ReadArchive {

    private final DataSource database;
    private final Flyway flyway;

    ReadArchive(DataSource database, Flyway flyway) {
        this.database = database;
        this.flyway = flyway;
    }

    /**
     * Looks at the whole file first. Then makes the tables as they were when it was written, fills them in one
     * transaction, and takes them to the newest version of the schema.
     *
     * @throws DamagedArchive if the file is not what was written, or is of a newer version; nothing was changed
     * @throws CommandFailed if the database is not empty, or does not take a row; nothing was changed
     */
    Contents from(ArchiveFile file, Progress progress) throws IOException, SQLException {
        var sha256 = file.checked();
        try (var archive = new ArchiveReader(file.lines())) {
            var schema = archive.begin().schema();
            if (schema.isNewerThan(Migrations.newestKnown().getVersion())) {
                throw new DamagedArchive("has schema version %s, and this version of Crashplug knows %s only"
                        .formatted(schema, Migrations.newestKnown()));
            }
            var empty = inDatabase(connection -> EmptyDatabase.of(connection, schema));
            try {
                Migrations.migrate(flyway, schema);
                load(archive, schema, file, progress);
            } catch (Exception e) {
                restore(empty, e);
                throw e;
            }
            upgrade();
            return new Contents(archive.tables(), archive.rows(), file.bytes(), sha256);
        }
    }

    private void restore(EmptyDatabase empty, Exception failure) {
        try {
            inDatabase(connection -> {
                empty.restore(connection);
                return empty;
            });
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void upgrade() {
        try {
            Migrations.migrate(flyway);
        } catch (RuntimeException e) {
            throw new CommandFailed(
                    "everything was imported, but the tables were not taken to this version of Crashplug: %s; start the service to go on"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T inDatabase(Work<T> work) throws SQLException {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        }
    }

    private void load(ArchiveReader archive, MigrationVersion schema, ArchiveFile file, Progress progress)
            throws IOException, SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                new Loading(archive, schema, file, progress).into(connection);
                connection.commit();
                done = true;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        }
    }
}
