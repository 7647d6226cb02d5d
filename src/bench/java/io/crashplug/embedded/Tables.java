package io.crashplug.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Tables in which the number of rows never changes, each with two indexes besides its key. */
final class Tables {

    static final int NUMBER = 25;
    static final int ROWS = 8;

    private Tables() {}

    /** Makes those that are not there; the first program to open the file does. */
    static void make(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (int table = 0; table < NUMBER; table++) {
                make(statement, table);
            }
        }
    }

    private static void make(Statement statement, int table) throws SQLException {
        try (var known = statement.executeQuery(
                "select 1 from information_schema.tables where table_name = 'T%d'".formatted(table))) {
            if (known.next()) {
                return;
            }
        }
        statement.execute(
                "create table t%d (id int primary key, v bigint, w bigint, filler varchar(1500))".formatted(table));
        statement.execute("create index t%d_by_v on t%d (v)".formatted(table, table));
        statement.execute("create index t%d_by_w on t%d (w, v)".formatted(table, table));
        for (int row = 0; row < ROWS; row++) {
            statement.execute("insert into t%d values (%d, 0, 0, '')".formatted(table, row));
        }
    }

    /** Ends the program if a table has not its rows, looked up by its key or by one of its indexes. */
    static void check(Connection connection, int table) throws SQLException {
        for (var condition : new String[] {"id >= 0", "v >= 0", "w >= 0"}) {
            try (var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery("select count(*) from t%d where %s".formatted(table, condition))) {
                rows.next();
                if (rows.getInt(1) != ROWS) {
                    System.out.printf("t%d has %d rows where %s%n", table, rows.getInt(1), condition);
                    Runtime.getRuntime().halt(Writers.DAMAGED);
                }
            }
        }
    }
}
