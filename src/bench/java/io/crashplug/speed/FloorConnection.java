package io.crashplug.speed;

import io.crashplug.speed.Script.Step;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A connection that prepares each statement once. */
final class FloorConnection implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    FloorConnection(Store store) throws SQLException {
        connection = DriverManager.getConnection(store.floorUrl(), store.user(), "");
    }

    /** The statement of a step, in a transaction or not, as the service sends it. */
    PreparedStatement statement(Step step) throws SQLException {
        if (connection.getAutoCommit() != step.autoCommit()) {
            connection.setAutoCommit(step.autoCommit());
        }
        var sql = Objects.requireNonNull(step.sql());
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = step.keys().isEmpty()
                    ? connection.prepareStatement(sql)
                    : connection.prepareStatement(sql, step.keys().toArray(String[]::new));
            prepared.put(sql, statement);
        }
        return statement;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
