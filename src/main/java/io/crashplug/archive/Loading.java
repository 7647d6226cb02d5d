package io.crashplug.archive;

import io.crashplug.command.CommandFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;

/** Puts the rows of an archive into tables, which must be those it has. */
final class Loading {

    private final ArchiveReader archive;
    private final MigrationVersion schema;
    private final ArchiveFile file;
    private final Progress progress;

    Loading(ArchiveReader archive, MigrationVersion schema, ArchiveFile file, Progress progress) {
        this.archive = archive;
        this.schema = schema;
        this.file = file;
        this.progress = progress;
    }

    /** Into the tables of a database, in its present transaction. */
    void into(Connection connection) throws SQLException {
        var inDatabase = Tables.of(connection);
        EmptyDatabase.take(connection, inDatabase);
        var missing =
                new HashMap<>(inDatabase.stream().collect(Collectors.toMap(Table::commonName, Function.identity())));
        for (var given = archive.nextTable(); given != null; given = archive.nextTable()) {
            var columns = given.columns();
            var name = given.name();
            var table = Optional.ofNullable(missing.remove(name))
                    .flatMap(known -> known.inOrderOf(columns))
                    .orElseThrow(() -> new DamagedArchive(
                            "has a table %s that is not one of schema version %s".formatted(name, schema)));
            try (var insertion = new Insertion(connection, table)) {
                for (var row = archive.nextRow(given); row != null; row = archive.nextRow(given)) {
                    insertion.add(row);
                    progress.row(name, archive.rowsOfTable(), file.bytesRead());
                }
                insertion.flush();
            } catch (SQLException e) {
                throw new CommandFailed(
                        "the database does not take the rows of table %s: %s".formatted(name, firstLine(e)), e);
            }
        }
        if (!missing.isEmpty()) {
            throw new DamagedArchive("lacks tables of schema version %s: %s"
                    .formatted(
                            schema,
                            String.join(", ", missing.keySet().stream().sorted().toList())));
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
