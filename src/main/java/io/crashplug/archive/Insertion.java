package io.crashplug.archive;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts rows into one table, many at once but never more than memory has room for. */
final class Insertion implements AutoCloseable {

    private static final int MOST_ROWS = 1000;
    private static final int MOST_BYTES = 4 << 20;

    private final PreparedStatement statement;
    private final List<Table.Column> columns;
    private int rows;
    private int bytes;

    /** Into a table with its columns in the order of the values. */
    Insertion(Connection database, Table table) throws SQLException {
        statement = database.prepareStatement(table.insert());
        columns = table.columns();
    }

    void add(@Nullable Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            columns.get(i).type().set(statement, i + 1, row[i]);
            bytes += row[i] instanceof byte[] value ? value.length : row[i] instanceof String text ? text.length() : 8;
        }
        statement.addBatch();
        rows++;
        if (rows == MOST_ROWS || bytes > MOST_BYTES) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (rows > 0) {
            try {
                statement.executeBatch();
            } catch (BatchUpdateException e) {
                throw e.getNextException() == null ? e : e.getNextException();
            }
            rows = 0;
            bytes = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
