package io.crashplug.archive;

import io.crashplug.command.CommandFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.api.MigrationVersion;

/** A database that holds nothing: it has no tables, or those of the service without a row. */
final class EmptyDatabase {

    private final boolean hadTables;

    private EmptyDatabase(boolean hadTables) {
        this.hadTables = hadTables;
    }

    /**
     * Looks whether a database is empty, and changes nothing.
     *
     * @param schema the version that it will be taken to first
     * @throws CommandFailed if it is not, or is newer than that
     */
    static EmptyDatabase of(Connection database, MigrationVersion schema) throws SQLException {
        var newest = SchemaHistory.newest(database);
        if (newest.isEmpty()) {
            if (!Tables.names(database).isEmpty()) {
                throw new CommandFailed("the database has tables of something else: %s; import into an empty one"
                        .formatted(String.join(", ", Tables.names(database)).toLowerCase(Locale.ROOT)));
            }
            return new EmptyDatabase(false);
        }
        if (newest.get().isNewerThan(schema)) {
            throw new CommandFailed(
                    "the database has the tables of schema version %s already, and the archive is of version %s; import into a database without tables"
                            .formatted(newest.get(), schema));
        }
        refuseRows(database, Tables.of(database));
        return new EmptyDatabase(true);
    }

    /** Keeps others from writing to the tables until the transaction ends, and looks once more whether there are rows. */
    static void take(Connection database, List<Table> tables) throws SQLException {
        if (database.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            try (var statement = database.createStatement()) {
                for (var table : tables) {
                    statement.execute("lock table %s in exclusive mode".formatted(table.quotedName()));
                }
            }
        }
        refuseRows(database, tables);
    }

    private static void refuseRows(Connection database, List<Table> tables) throws SQLException {
        for (var table : tables) {
            if (hasRows(database, table)) {
                throw new CommandFailed(
                        "the database is not empty: there are rows in table %s; import into an empty one"
                                .formatted(table.commonName()));
            }
        }
    }

    private static boolean hasRows(Connection database, Table table) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("select 1 from %s limit 1".formatted(table.quotedName()))) {
            return rows.next();
        }
    }

    /** Takes the tables away that came meanwhile, if there were none and they have no rows. */
    void restore(Connection database) throws SQLException {
        if (hadTables || SchemaHistory.newest(database).isEmpty()) {
            return;
        }
        var tables = new ArrayList<>(Tables.of(database));
        for (var table : tables) {
            if (hasRows(database, table)) {
                return;
            }
        }
        Collections.reverse(tables);
        try (var statement = database.createStatement()) {
            for (var table : tables) {
                statement.execute("drop table " + table.quotedName());
            }
            statement.execute("drop table \"%s\"".formatted(SchemaHistory.TABLE));
        }
    }
}
