package io.crashplug.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A machine of 512 CPUs and 8,192 ranges beside one of 512 CPUs and 16, in one service, in turn. */
final class LargeMachineCost {

    private static final int CPUS = 512;
    private static final int FEW_RANGES = 16;
    private static final int MANY_RANGES = 8192;

    /** How many times a range more may cost with many ranges what it costs with few. */
    private static final double LIMIT = 5;

    private static final double IMPORT_LIMIT_MILLIS = 2000;
    private static final int IMPORTS = 5;

    private final Settings settings;
    private final Store store;
    private final Path folder;
    private final Report report;

    LargeMachineCost(Settings settings, Store store, Path folder, Report report) {
        this.settings = settings;
        this.store = store;
        this.folder = folder;
        this.report = report;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        System.out.printf("  %s: a large machine, warming up for %d s%n", store.kind(), settings.warmUpSeconds());
        try (var service = Service.start(store, store.url("large_machine"), folder, "large-machine")) {
            var client = service.client();
            report.title("%s: %d and %d ranges, %d CPUs".formatted(store.kind(), FEW_RANGES, MANY_RANGES, CPUS));
            var cold = client.post("/machine-imports", Guests.bundle("cold", CPUS, MANY_RANGES))
                    .nanos();
            for (var machine : List.of("few", "many")) {
                client.post("/machines", Guests.large(machine, CPUS, machine.equals("few") ? FEW_RANGES : MANY_RANGES));
                client.put("/machines/%s/crash-image".formatted(machine), Guests.FILE_LOAD);
            }
            var end = Instant.now().plus(Duration.ofSeconds(settings.warmUpSeconds()));
            for (int i = 0; Instant.now().isBefore(end); i++) {
                add(client, "few", i, new Samples());
                add(client, "many", i, new Samples());
                if (i % 50 == 0) {
                    client.post("/machine-imports", Guests.bundle("warm-%d".formatted(i), CPUS, MANY_RANGES));
                }
            }
            var few = new Samples();
            var many = new Samples();
            for (int i = 0; i < settings.hotplugs() / 5; i++) {
                add(client, "few", i, few);
                add(client, "many", i, many);
            }
            report.ratio("one range more, p50", few.millis(500), many.millis(500), LIMIT);
            report.told("one range more, p99", few.millis(990), many.millis(990));
            var imports = new Samples();
            for (int i = 0; i < IMPORTS; i++) {
                imports.add(
                        client.post("/machine-imports", Guests.bundle("imported-%d".formatted(i), CPUS, MANY_RANGES))
                                .nanos());
            }
            report.limited("import, the first of a new process", cold / 1e6, "ms", IMPORT_LIMIT_MILLIS);
            report.limited(
                    "import, the slowest of %d later ones".formatted(IMPORTS),
                    imports.millis(999),
                    "ms",
                    IMPORT_LIMIT_MILLIS);
            report.limited("heap after collections", service.mostHeapMib(), "MiB", Service.HEAP_MIB);
            report.print();
        }
    }

    /** A range is plugged at a place of its own among the others, and taken out again unmeasured. */
    private static void add(Client client, String machine, int i, Samples samples) {
        var path = "/machines/%s/hotplug-events".formatted(machine);
        int block = 2 * (i * 37 % 4000) + 2;
        samples.add(client.post(path, Guests.add(block)).nanos());
        client.post(path, Guests.remove(block));
    }
}
