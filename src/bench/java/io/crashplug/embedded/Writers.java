package io.crashplug.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that change rows of several tables in transactions, and look whether any is missing, until they are killed. */
final class Writers {

    /** The status that the program ends with if a table is not as it must be. */
    static final int DAMAGED = 3;

    private static final int THREADS = 5;
    private static final int TABLES_OF_A_TRANSACTION = 4;
    private static final int FILLER = 1_500;

    private final String url;
    private final boolean inTurns;
    private final Lock turn = new ReentrantLock();

    private Writers(String url, boolean inTurns) {
        this.url = url;
        this.inTurns = inTurns;
    }

    /** Arguments: the database file, and whether writers take turns. */
    public static void main(String... arguments) throws SQLException {
        var url = "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000".formatted(arguments[0]);
        try (var connection = DriverManager.getConnection(url, "sa", "")) {
            Tables.make(connection);
            for (int table = 0; table < Tables.NUMBER; table++) {
                Tables.check(connection, table);
            }
        }
        var writers = new Writers(url, Boolean.parseBoolean(arguments[1]));
        for (int i = 0; i < THREADS; i++) {
            new Thread(writers::run, "writer-" + i).start();
        }
    }

    private void run() {
        var random = new Random();
        try (var connection = DriverManager.getConnection(url, "sa", "")) {
            while (true) {
                connection.setAutoCommit(true);
                Tables.check(connection, random.nextInt(Tables.NUMBER));
                connection.setAutoCommit(false);
                writeInTurn(connection, random);
            }
        } catch (SQLException e) {
            System.out.println("a writer failed: " + e.getMessage());
            Runtime.getRuntime().halt(DAMAGED);
        }
    }

    private void writeInTurn(Connection connection, Random random) throws SQLException {
        if (!inTurns) {
            write(connection, random);
            return;
        }
        turn.lock();
        try {
            write(connection, random);
        } finally {
            turn.unlock();
        }
    }

    /** Tables in ascending order, so that no two transactions wait for each other. */
    private static void write(Connection connection, Random random) throws SQLException {
        int first = random.nextInt(Tables.NUMBER - TABLES_OF_A_TRANSACTION);
        for (int table = first; table < first + TABLES_OF_A_TRANSACTION; table++) {
            try (var update = connection.prepareStatement(
                    "update t%d set v = v + 1, w = w + 2, filler = ? where id = ?".formatted(table))) {
                update.setString(1, "x".repeat(random.nextInt(FILLER)));
                update.setInt(2, random.nextInt(Tables.ROWS));
                update.executeUpdate();
            }
        }
        if (random.nextInt(5) == 0) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }
}
