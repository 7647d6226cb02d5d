package io.crashplug.speed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gives events their places in the feed beside the floor, as the service does beside its requests. */
final class FloorPlaces implements AutoCloseable {

    private static final int AT_ONCE = 1_000;

    /** The service's. */
    private static final int PAUSE_MILLIS = 100;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final Connection connection;
    private final PreparedStatement waiting;
    private final PreparedStatement lock;
    private final PreparedStatement place;
    private final PreparedStatement last;
    private final Thread thread;

    private FloorPlaces(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        waiting = connection.prepareStatement("""
                select machine_id, sequence from machine_event where feed_position is null
                order by feed_position, machine_id, sequence fetch first %d rows only""".formatted(AT_ONCE));
        lock = connection.prepareStatement("select last_position from event_feed where id = 1 for update");
        place = connection.prepareStatement(
                "update machine_event set feed_position = ? where machine_id = ? and sequence = ?");
        last = connection.prepareStatement("update event_feed set last_position = ? where id = 1");
        thread = new Thread(this::run, "floor-places");
    }

    static FloorPlaces start(Store store) throws SQLException {
        var places = new FloorPlaces(DriverManager.getConnection(store.floorUrl(), store.user(), ""));
        places.thread.start();
        return places;
    }

    private record Event(UUID machine, long sequence) {}

    private void run() {
        try {
            while (!ended.get()) {
                give();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no places are given any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void give() throws SQLException {
        long position;
        try (var row = lock.executeQuery()) {
            row.next();
            position = row.getLong(1);
        }
        for (var event : events()) {
            place.setLong(1, ++position);
            place.setObject(2, event.machine());
            place.setLong(3, event.sequence());
            place.addBatch();
        }
        place.executeBatch();
        last.setLong(1, position);
        last.executeUpdate();
        connection.commit();
    }

    private List<Event> events() throws SQLException {
        var events = new ArrayList<Event>();
        try (var rows = waiting.executeQuery()) {
            while (rows.next()) {
                events.add(new Event(rows.getObject(1, UUID.class), rows.getLong(2)));
            }
        }
        return events;
    }

    @Override
    public void close() throws SQLException {
        ended.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
