package io.crashplug.speed;

import io.crashplug.speed.Script.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The floor: sends what the service sends for its machines' events, over a connection of its own, and nothing else. */
final class FloorSender implements Load.Sender {

    private final FloorConnection connection;
    private final Script add;
    private final Script remove;
    private final List<FloorMachine> machines;
    private int next;

    FloorSender(FloorConnection connection, Script add, Script remove, List<FloorMachine> machines) {
        this.connection = connection;
        this.add = add;
        this.remove = remove;
        this.machines = machines;
    }

    @Override
    public void send() throws SQLException {
        var machine = machines.get(next);
        next = (next + 1) % machines.size();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        for (var step : (machine.isPlugged() ? remove : add).steps()) {
            if (step.isCommit()) {
                connection.commit();
            } else {
                execute(step, machine, now);
            }
        }
        machine.seen();
    }

    private void execute(Step step, FloorMachine machine, Instant now) throws SQLException {
        var statement = connection.statement(step);
        boolean batch = step.method().equals("executeBatch");
        for (var row : step.rows()) {
            for (var parameter : row) {
                parameter.bind(statement, machine, now);
            }
            if (batch) {
                statement.addBatch();
            }
        }
        if (step.method().equals("executeQuery")) {
            readAll(statement.executeQuery());
        } else {
            for (int written : batch ? statement.executeBatch() : new int[] {statement.executeUpdate()}) {
                if (written == 0) {
                    throw new IllegalStateException("the floor is not where the service was: " + step.sql());
                }
            }
            if (!step.keys().isEmpty()) {
                readAll(statement.getGeneratedKeys());
            }
        }
    }

    private static void readAll(ResultSet answered) throws SQLException {
        try (var rows = answered) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    rows.getObject(column);
                }
            }
        }
    }

    @Override
    public void finish() {
        // Each machine goes on where it is.
    }
}
