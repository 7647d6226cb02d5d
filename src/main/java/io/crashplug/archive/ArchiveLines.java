package io.crashplug.archive;

import java.io.InputStream;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines of JSON, read value by value; whatever cannot be read is a {@link DamagedArchive}. */
final class ArchiveLines implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonParser json;

    ArchiveLines(InputStream lines) {
        json = JSON.createParser(lines);
    }

    @Nullable
    Object value(ColumnType type) {
        try {
            return json.nextToken() == JsonToken.VALUE_NULL ? null : type.read(json);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw notReadable(e);
        }
    }

    @Nullable
    JsonToken token() {
        try {
            return json.nextToken();
        } catch (JacksonException e) {
            throw notReadable(e);
        }
    }

    JsonNode object() {
        if (token() != JsonToken.START_OBJECT) {
            throw new DamagedArchive("has a line in the wrong place");
        }
        return tree();
    }

    JsonNode tree() {
        if (json.currentToken() == null) {
            throw new DamagedArchive("ends too early");
        }
        try {
            return json.readValueAsTree();
        } catch (JacksonException e) {
            throw notReadable(e);
        }
    }

    static ColumnType type(JsonNode name) {
        try {
            return ColumnType.valueOf(name.asString(""));
        } catch (IllegalArgumentException e) {
            throw notReadable(e);
        }
    }

    static String text(JsonNode line, String name) {
        var value = line.path(name);
        if (!value.isString()) {
            throw new DamagedArchive("has a line without " + name);
        }
        return value.stringValue();
    }

    static long number(JsonNode line, String name) {
        var value = line.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
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
