package io.crashplug.archive;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the lines of an archive in their order; each method throws {@link DamagedArchive} where they are not one. */
final class ArchiveReader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonParser json;
    private int tables;
    private long rows;
    private long rowsOfTable;

    /** Of the unpacked lines. */
    ArchiveReader(InputStream lines) {
        json = JSON.createParser(lines);
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
        var line = object();
        if (!line.path(Archive.FORMAT).asString("").equals(Archive.NAME)) {
            throw new DamagedArchive("is no archive of Crashplug");
        }
        int version = line.path(Archive.VERSION).asInt(0);
        if (version != Archive.NEWEST_VERSION) {
            throw new DamagedArchive("has version %d of the format, and this service reads version %d only"
                    .formatted(version, Archive.NEWEST_VERSION));
        }
        return new Beginning(MigrationVersion.fromVersion(text(line, Archive.SCHEMA)));
    }

    /** The next table; null behind the last one, where the archive ends. */
    @Nullable
    TableBeginning nextTable() {
        var line = object();
        if (line.has(Archive.TABLE)) {
            tables++;
            rowsOfTable = 0;
            var columns = new LinkedHashMap<String, ColumnType>();
            line.path(Archive.COLUMNS)
                    .properties()
                    .forEach(column -> columns.put(column.getKey(), type(column.getValue())));
            return new TableBeginning(text(line, Archive.TABLE), columns);
        }
        if (number(line, Archive.TABLES) != tables || number(line, Archive.ROWS) != rows) {
            throw new DamagedArchive("does not have the tables and rows that its last line counts");
        }
        if (token() != null) {
            throw new DamagedArchive("goes on behind its last line");
        }
        return null;
    }

    /** The next row of a table, as JDBC takes its values; null behind the last one. */
    @Nullable
    Object @Nullable [] nextRow(TableBeginning table) {
        if (token() != JsonToken.START_ARRAY) {
            if (number(tree(), Archive.ROWS) != rowsOfTable) {
                throw new DamagedArchive("does not have the rows of table %s that it counts".formatted(table.name()));
            }
            return null;
        }
        var row = new @Nullable Object[table.columns().size()];
        int column = 0;
        for (var type : table.columns().values()) {
            row[column++] = value(type);
        }
        if (token() != JsonToken.END_ARRAY) {
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

    private @Nullable Object value(ColumnType type) {
        try {
            return json.nextToken() == JsonToken.VALUE_NULL ? null : type.read(json);
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            throw notReadable(e);
        }
    }

    private @Nullable JsonToken token() {
        try {
            return json.nextToken();
        } catch (JacksonException e) {
            throw notReadable(e);
        }
    }

    private JsonNode object() {
        if (token() != JsonToken.START_OBJECT) {
            throw new DamagedArchive("has a line in the wrong place");
        }
        return tree();
    }

    private JsonNode tree() {
        try {
            return json.readValueAsTree();
        } catch (JacksonException e) {
            throw notReadable(e);
        }
    }

    private static ColumnType type(JsonNode name) {
        try {
            return ColumnType.valueOf(name.asString(""));
        } catch (IllegalArgumentException e) {
            throw notReadable(e);
        }
    }

    private static String text(JsonNode line, String name) {
        var value = line.path(name);
        if (!value.isString()) {
            throw new DamagedArchive("has a line without " + name);
        }
        return value.stringValue();
    }

    private static long number(JsonNode line, String name) {
        var value = line.path(name);
        if (!value.isIntegralNumber()) {
            throw new DamagedArchive("has a line without " + name);
        }
        return value.longValue();
    }

    private static DamagedArchive notReadable(Exception e) {
        return new DamagedArchive("has a line that cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        json.close();
    }
}
