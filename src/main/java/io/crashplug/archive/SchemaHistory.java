package io.crashplug.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/** Which migrations a database has had. */
final class SchemaHistory {

    /** Flyway's own table, which it names in lower case on every database. */
    static final String TABLE = "flyway_schema_history";

    private SchemaHistory() {}

    /** The newest migration that was applied; empty in a database that has had none. */
    static Optional<MigrationVersion> newest(Connection database) throws SQLException {
        try (var tables = database.getMetaData().getTables(null, database.getSchema(), TABLE, null)) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        var versions = new ArrayList<MigrationVersion>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "select \"version\" from \"%s\" where \"version\" is not null and \"success\" = true"
                                .formatted(TABLE))) {
            while (rows.next()) {
                versions.add(MigrationVersion.fromVersion(rows.getString(1)));
            }
        }
        return versions.stream().max(Comparator.naturalOrder());
    }
}
