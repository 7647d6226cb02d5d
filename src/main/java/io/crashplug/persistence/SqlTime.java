package io.crashplug.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times in columns {@code timestamp with time zone}, as JDBC has them. */
public final class SqlTime {

    private SqlTime() {}

    /** A time to be stored. */
    public static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** The time in a column that is not null. */
    public static Instant of(ResultSet row, String column) throws SQLException {
        return orEmpty(row, column).orElseThrow(() -> new IllegalStateException("%s is null".formatted(column)));
    }

    /** The time in a column. */
    public static Optional<Instant> orEmpty(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
