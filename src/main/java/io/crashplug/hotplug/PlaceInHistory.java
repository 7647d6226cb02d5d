package io.crashplug.hotplug;

import io.crashplug.persistence.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;

/** When an entry was made, which is how a filtered page goes; in the same microsecond its number. */
record PlaceInHistory(Instant at, long sequence) {

    static final Comparator<PlaceInHistory> OLDEST_FIRST =
            Comparator.comparing(PlaceInHistory::at).thenComparingLong(PlaceInHistory::sequence);

    static PlaceInHistory of(ResultSet row, int number) throws SQLException {
        return new PlaceInHistory(SqlTime.of(row, "at"), row.getLong("sequence"));
    }
}
