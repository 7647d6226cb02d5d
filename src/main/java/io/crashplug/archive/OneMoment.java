package io.crashplug.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.transaction.CannotCreateTransactionException;

/** A transaction that reads all tables as they are at one moment, row by row, and changes nothing. */
final class OneMoment implements AutoCloseable {

    private static final String H2 = "H2";

    /** H2's own number for an isolation level that JDBC does not have: there REPEATABLE READ is about one table each. */
    private static final int H2_SNAPSHOT = 6;

    private final Connection connection;
    private final boolean isH2;

    private OneMoment(Connection connection, boolean isH2) {
        this.connection = connection;
        this.isH2 = isH2;
    }

    static OneMoment of(DataSource database) throws SQLException {
        var connection = connection(database);
        try {
            return begun(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connection(DataSource database) throws SQLException {
        try {
            return database.getConnection();
        } catch (SQLTransientConnectionException e) {
            throw new CannotCreateTransactionException("the pool gave no connection in time", e);
        }
    }

    private static OneMoment begun(Connection connection) throws SQLException {
        boolean isH2 = connection.getMetaData().getDatabaseProductName().equals(H2);
        if (isH2) {
            // Else H2 puts all rows of a result together before it gives the first.
            execute(connection, "set lazy_query_execution 1");
        } else {
            connection.setReadOnly(true);
        }
        connection.setTransactionIsolation(isH2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return new OneMoment(connection, isH2);
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            try {
                connection.rollback();
            } finally {
                if (isH2) {
                    execute(connection, "set lazy_query_execution 0");
                }
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
