package io.crashplug.archive;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads the lines of an archive in their order; each method throws {@link DamagedArchive} where they are not one. */
final class ArchiveReader implements AutoCloseable {

    private final ArchiveLines json;
    private int tables;
    private long rows;
    private long rowsOfTable;

    /** Of the unpacked lines. */
    ArchiveReader(InputStream lines) {
        json = new ArchiveLines(lines);
    }

    /**
     * What the first line says.
     *
     * @param schema the newest migration of the database that it was written from
     */
    record Beginning(MigrationVersion schema) {}

    /**
     * The beginning of a table.
     *
     * @param columns in the order of the values in each row
     */
    record TableBeginning(String name, Map<String, ColumnType> columns) {}

    Beginning begin() {
        var line = json.object();
        if (!line.path(Archive.FORMAT).asString("").equals(Archive.NAME)) {
            throw new DamagedArchive("is no archive of Crashplug");
        }
        int version = line.path(Archive.VERSION).asInt(0);
        if (version != Archive.NEWEST_VERSION) {
            throw new DamagedArchive("has version %d of the format, and this service reads version %d only"
                    .formatted(version, Archive.NEWEST_VERSION));
        }
        try {
            return new Beginning(MigrationVersion.fromVersion(ArchiveLines.text(line, Archive.SCHEMA)));
        } catch (FlywayException e) {
            throw new DamagedArchive("has no version of the schema: " + e.getMessage(), e);
        }
    }

    /** The next table; null behind the last one, where the archive ends. */
    @Nullable
    TableBeginning nextTable() {
        var line = json.object();
        if (line.has(Archive.TABLE)) {
            tables++;
            rowsOfTable = 0;
            var columns = new LinkedHashMap<String, ColumnType>();
            line.path(Archive.COLUMNS)
                    .properties()
                    .forEach(column -> columns.put(column.getKey(), ArchiveLines.type(column.getValue())));
            return new TableBeginning(ArchiveLines.text(line, Archive.TABLE), columns);
        }
        if (ArchiveLines.number(line, Archive.TABLES) != tables || ArchiveLines.number(line, Archive.ROWS) != rows) {
            throw new DamagedArchive("does not have the tables and rows that its last line counts");
        }
        if (json.token() != null) {
            throw new DamagedArchive("goes on behind its last line");
        }
        return null;
    }

    /** The next row of a table, as JDBC takes its values; null behind the last one. */
    @Nullable
    Object @Nullable [] nextRow(TableBeginning table) {
        if (json.token() != JsonToken.START_ARRAY) {
            if (ArchiveLines.number(json.tree(), Archive.ROWS) != rowsOfTable) {
                throw new DamagedArchive("does not have the rows of table %s that it counts".formatted(table.name()));
            }
            return null;
        }
        var row = new @Nullable Object[table.columns().size()];
        int column = 0;
        for (var type : table.columns().values()) {
            row[column++] = json.value(type);
        }
        if (json.token() != JsonToken.END_ARRAY) {
            throw new DamagedArchive("has a row of table %s with more values than columns".formatted(table.name()));
        }
        rows++;
        rowsOfTable++;
        return row;
    }

    int tables() {
        return tables;
    }

    long rows() {
        return rows;
    }

    long rowsOfTable() {
        return rowsOfTable;
    }

    @Override
    public void close() {
        json.close();
    }
}
