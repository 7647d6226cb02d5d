package io.crashplug.archive;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The types of columns that an archive knows, each with its form in JSON. */
enum ColumnType {
    UUID(Types.OTHER, "uuid") {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException {
            json.writeString(row.getString(column));
        }

        @Override
        Object read(JsonParser json) {
            return java.util.UUID.fromString(text(json));
        }
    },
    INTEGER(Types.BIGINT, "bigint", "int8", "integer", "int4", "smallint", "int2") {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException {
            long number = row.getLong(column);
            if (row.wasNull()) {
                json.writeNull();
            } else {
                json.writeNumber(number);
            }
        }

        @Override
        Object read(JsonParser json) {
            return json.getLongValue();
        }
    },
    BOOLEAN(Types.BOOLEAN, "boolean", "bool") {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException {
            boolean is = row.getBoolean(column);
            if (row.wasNull()) {
                json.writeNull();
            } else {
                json.writeBoolean(is);
            }
        }

        @Override
        Object read(JsonParser json) {
            return json.getBooleanValue();
        }
    },
    TEXT(Types.VARCHAR, "character varying", "varchar", "text") {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException {
            json.writeString(row.getString(column));
        }

        @Override
        Object read(JsonParser json) {
            return text(json);
        }
    },
    /** A moment; ISO 8601 in UTC. */
    TIME(Types.TIMESTAMP_WITH_TIMEZONE, "timestamp with time zone", "timestamptz") {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException {
            var time = row.getObject(column, OffsetDateTime.class);
            json.writeString(
                    time == null
                            ? null
                            : time.withOffsetSameInstant(ZoneOffset.UTC).toString());
        }

        @Override
        Object read(JsonParser json) {
            return OffsetDateTime.parse(text(json));
        }
    },
    /** Bytes; Base64. */
    BYTES(Types.BINARY, "binary varying", "varbinary", "bytea") {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException {
            var bytes = row.getBytes(column);
            if (bytes == null) {
                json.writeNull();
            } else {
                json.writeBinary(bytes);
            }
        }

        @Override
        Object read(JsonParser json) {
            return json.getBinaryValue();
        }
    };

    private final int jdbcType;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of() gives an immutable set
    private final Set<String> names;

    ColumnType(int jdbcType, String... names) {
        this.jdbcType = jdbcType;
        this.names = Set.of(names);
    }

    /**
     * The type that a database calls so.
     *
     * @throws IllegalStateException for one that no archive knows yet
     */
    static ColumnType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.names.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an archive knows no columns of type " + name));
    }

    /** Writes the value of a column. */
    abstract void write(ResultSet row, int column, JsonGenerator json) throws SQLException;

    /** The value at the parser's token, which is not null, as JDBC takes it. */
    abstract Object read(JsonParser json);

    /** Sets a parameter of an insertion. */
    void set(PreparedStatement insertion, int parameter, @Nullable Object value) throws SQLException {
        if (value == null) {
            insertion.setNull(parameter, jdbcType);
        } else {
            insertion.setObject(parameter, value);
        }
    }

    private static String text(JsonParser json) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new DamagedArchive("a value is not text");
        }
        return json.getString();
    }
}
