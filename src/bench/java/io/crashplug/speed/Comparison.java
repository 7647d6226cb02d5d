package io.crashplug.speed;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** Lets the service and the floor take turns over one database, and prints how many events each does. */
final class Comparison implements AutoCloseable {

    /** Clients that send large change sets, and that warm both sides up. */
    private static final int SOME_CLIENTS = 8;

    /** PostgreSQL's idle sessions tell what they did within 10 seconds. */
    private static final Duration COUNTED = Duration.ofSeconds(15);

    private final Store store;
    private final Preparation prepared;
    private final Settings settings;
    private final List<HttpMachine> machines;
    private final List<LightClient> clients = new ArrayList<>();
    private final List<FloorConnection> connections = new ArrayList<>();

    private Comparison(Store store, Preparation prepared, Settings settings) {
        this.store = store;
        this.prepared = prepared;
        this.settings = settings;
        this.machines = prepared.machines().stream()
                .map(machine -> new HttpMachine(machine.name()))
                .toList();
    }

    static Comparison of(Store store, Preparation prepared, int port, Settings settings)
            throws IOException, SQLException {
        var comparison = new Comparison(store, prepared, settings);
        int most = Math.max(SOME_CLIENTS, Collections.max(settings.clients()));
        for (int i = 0; i < most; i++) {
            comparison.clients.add(new LightClient(port));
            comparison.connections.add(new FloorConnection(store));
        }
        return comparison;
    }

    void run() throws IOException, InterruptedException, ExecutionException, SQLException {
        checkThatBothDoTheSame();
        for (int count : settings.clients()) {
            compare(count);
        }
        compareSets();
    }

    /** Warms both sides up, and compares what the database counts of them. */
    private void checkThatBothDoTheSame() throws IOException, InterruptedException, ExecutionException, SQLException {
        var httpBefore = store.counts(store.serviceUrl());
        var floorBefore = store.counts(store.floorUrl());
        int http = Load.run(http(SOME_CLIENTS, false), settings.warmup()).events();
        int floor = runFloor(SOME_CLIENTS, settings.warmup()).events();
        if (store.counts()) {
            double commits = prepared.add().transactions();
            var ofHttp = counts(store.serviceUrl(), httpBefore, commits * http).perEvent(http);
            var ofFloor = counts(store.floorUrl(), floorBefore, commits * floor).perEvent(floor);
            System.out.printf("  the database counted for each event%n    http  %s%n    floor %s%n", ofHttp, ofFloor);
            ofHttp.requireLike(ofFloor, http);
        }
    }

    /** The database counts with some delay. */
    private RowCounts counts(String url, RowCounts before, double expectedCommits)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + COUNTED.toNanos();
        while (true) {
            var counts = store.counts(url).since(before);
            if (counts.commits() >= expectedCommits || System.nanoTime() > deadline) {
                return counts;
            }
            Thread.sleep(100);
        }
    }

    private void compare(int count) throws IOException, InterruptedException, ExecutionException, SQLException {
        var http = Measured.NOTHING;
        var floor = Measured.NOTHING;
        for (int i = 0; i < settings.rounds(); i++) {
            http = http.and(Load.run(http(count, false), settings.round()));
            floor = floor.and(runFloor(count, settings.round()));
        }
        System.out.printf(
                "  %d clients%n    http  %s%n    floor %s%n    ratio %.2f%n",
                count, http, floor, http.perSecond() / floor.perSecond());
    }

    private void compareSets() throws IOException, InterruptedException, ExecutionException {
        Load.run(http(SOME_CLIENTS, true), settings.warmup().dividedBy(4));
        var ones = Measured.NOTHING;
        var sets = Measured.NOTHING;
        for (int i = 0; i < settings.rounds(); i++) {
            ones = ones.and(Load.run(http(SOME_CLIENTS, false), settings.round()));
            sets = sets.and(Load.run(http(SOME_CLIENTS, true), settings.round()));
        }
        System.out.printf(
                "  %d clients, change sets of %d%n    ones  %s%n    sets  %s%n    changes per second: %.0f, %.1f times%n",
                SOME_CLIENTS,
                Guest.SET_OF,
                ones,
                sets,
                sets.perSecond() * Guest.SET_OF,
                sets.perSecond() * Guest.SET_OF / ones.perSecond());
    }

    private List<HttpSender> http(int count, boolean many) throws IOException {
        for (var client : clients) {
            client.reconnect();
        }
        return IntStream.range(0, count)
                .mapToObj(i -> new HttpSender(clients.get(i), share(machines, i, count), many))
                .toList();
    }

    private Measured runFloor(int count, Duration time) throws InterruptedException, ExecutionException, SQLException {
        var places = FloorPlaces.start(store);
        try {
            return Load.run(floor(count), time);
        } finally {
            places.close();
        }
    }

    private List<FloorSender> floor(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new FloorSender(
                        connections.get(i), prepared.add(), prepared.remove(), share(prepared.machines(), i, count)))
                .toList();
    }

    /** Each client has machines of its own. */
    private static <T> List<T> share(List<T> all, int client, int clients) {
        return IntStream.range(0, all.size())
                .filter(i -> i % clients == client)
                .mapToObj(all::get)
                .toList();
    }

    @Override
    public void close() throws IOException, SQLException {
        for (var client : clients) {
            client.close();
        }
        for (var connection : connections) {
            connection.close();
        }
    }
}
