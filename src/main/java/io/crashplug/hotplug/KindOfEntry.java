package io.crashplug.hotplug;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What entries of a history have in common; {@code actions} as the history keeps them. */
record KindOfEntry(String actor, Outcome outcome, String actions) {

    static KindOfEntry of(ResultSet row, int number) throws SQLException {
        return new KindOfEntry(
                row.getString("actor"), Outcome.valueOf(row.getString("outcome")), row.getString("actions"));
    }
}
