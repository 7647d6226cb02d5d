package io.crashplug.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * A small and a large fleet, each in a database of its own with a service of its own; the same requests go to both in
 * turn, so that noise of the machine hits both.
 */
final class FleetCost {

    /** How many times the large fleet's cost may be the small one's. */
    private static final double LIMIT = 1.3;

    private final Settings settings;
    private final Store store;
    private final Path folder;
    private final Report report;

    FleetCost(Settings settings, Store store, Path folder, Report report) {
        this.settings = settings;
        this.store = store;
        this.folder = folder;
        this.report = report;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        try (var small = fleet("small", Settings.SMALL_MACHINES, Settings.SMALL_HISTORY);
                var large = fleet("large", settings.machines(), settings.longHistory())) {
            var both = List.of(small.fleet(), large.fleet());
            System.out.printf("  %s: warming up for %d s%n", store.kind(), settings.warmUpSeconds());
            var warm = both.stream()
                    .map(fleet -> CompletableFuture.runAsync(() -> warmUp(fleet)))
                    .toList();
            warm.forEach(CompletableFuture::join);
            report.title("%s: %d machines, %d events / %d, %d"
                    .formatted(
                            store.kind(),
                            small.fleet().machines(),
                            events(small.fleet()),
                            large.fleet().machines(),
                            events(large.fleet())));
            hotplugs("hotplug, any machine", both, fleet -> fleet);
            hotplugs(
                    "hotplug, the longest history",
                    both,
                    fleet -> new Fleet(fleet.service(), 0, fleet.history(), fleet.middle()));
            reads(both);
            report.limited(
                    "heap after collections, small", small.fleet().service().mostHeapMib(), "MiB", Service.HEAP_MIB);
            report.limited(
                    "heap after collections, large", large.fleet().service().mostHeapMib(), "MiB", Service.HEAP_MIB);
            report.print();
        }
    }

    /** A fleet that ends with its service. */
    private record Running(Fleet fleet) implements AutoCloseable {

        @Override
        public void close() {
            fleet.service().close();
        }
    }

    private Running fleet(String name, int machines, int history)
            throws IOException, InterruptedException, SQLException {
        var started = Instant.now();
        var url = store.url(name);
        try (var service = Service.start(store, url, folder, name + "-templates")) {
            Templates.make(service.client());
        }
        java.util.UUID middle;
        try (var fill = new Fill(store, url)) {
            fill.longHistory(Fleet.LONG, history / Templates.CYCLE);
            fill.machines(machines);
            middle = fill.id(Fleet.name(machines / 2));
        }
        System.out.printf(
                "  %s: the %s fleet is filled after %d s%n",
                store.kind(), name, Duration.between(started, Instant.now()).toSeconds());
        return new Running(new Fleet(Service.start(store, url, folder, name), machines, history, middle));
    }

    private static int events(Fleet fleet) {
        return fleet.machines() * 9 + fleet.history();
    }

    private void warmUp(Fleet fleet) {
        var random = new Random(1);
        var end = Instant.now().plusSeconds(settings.warmUpSeconds());
        while (Instant.now().isBefore(end)) {
            for (var read : Read.values()) {
                fleet.client().get(read.path(fleet, random));
                for (int i = 0; i < 5; i++) {
                    plug(fleet, fleet.anyInOrder(random), new Samples());
                }
                plug(fleet, Fleet.LONG, new Samples());
            }
        }
    }

    /** Plugs a block and takes it out again. */
    private static void plug(Fleet fleet, String machine, Samples samples) {
        var path = "/machines/%s/hotplug-events".formatted(machine);
        samples.add(fleet.client().post(path, Guests.add(2)).nanos());
        samples.add(fleet.client().post(path, Guests.remove(2)).nanos());
    }

    private void hotplugs(String title, List<Fleet> fleets, UnaryOperator<Fleet> view) {
        var random = new Random(2);
        var samples = List.of(new Samples(), new Samples());
        for (int i = 0; i < settings.hotplugs() / 2; i++) {
            for (int j = 0; j < 2; j++) {
                int which = (i + j) % 2;
                var fleet = view.apply(fleets.get(which));
                plug(fleet, fleet.machines() == 0 ? Fleet.LONG : fleet.anyInOrder(random), samples.get(which));
            }
        }
        report.ratio(title + ", p50", samples.get(0).millis(500), samples.get(1).millis(500), LIMIT);
        report.ratio(title + ", p99", samples.get(0).millis(990), samples.get(1).millis(990), LIMIT);
    }

    private void reads(List<Fleet> fleets) {
        var random = new Random(3);
        var samples = List.<Map<Read, Samples>>of(new EnumMap<>(Read.class), new EnumMap<>(Read.class));
        for (int i = 0; i < settings.reads(); i++) {
            for (var read : Read.values()) {
                for (int j = 0; j < 2; j++) {
                    int which = (i + j) % 2;
                    samples.get(which)
                            .computeIfAbsent(read, key -> new Samples())
                            .add(fleets.get(which)
                                    .client()
                                    .get(read.path(fleets.get(which), random))
                                    .nanos());
                }
            }
        }
        for (var read : Read.values()) {
            report.ratio(
                    read.title(),
                    samples.get(0).get(read).millis(500),
                    samples.get(1).get(read).millis(500),
                    LIMIT);
        }
        var whole = List.of(new Samples(), new Samples());
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 2; j++) {
                whole.get(j).add(fleets.get(j).client().get("/fleet").nanos());
            }
        }
        report.told(
                "GET fleet, which counts all",
                whole.get(0).millis(500),
                whole.get(1).millis(500));
    }
}
