package io.crashplug.storecheck;

import io.crashplug.CrashplugApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What checking a store costs: many copies of one machine with six entries and six revisions, and one machine with a
 * history of a million refusals, in an H2 file. {@code -Dmachines=20000 -Dentries=1000000}
 */
public final class StoreCheckCost {

    private static final int MACHINES = Integer.getInteger("machines", 20_000);
    private static final int ENTRIES = Integer.getInteger("entries", 1_000_000);

    /** Each table with the column that names the machine; its other columns are copied as they are. */
    private static final List<String> TABLES = List.of(
            "machine_condition",
            "system_ram",
            "crash_image",
            "kexec_segment",
            "segment_chunk",
            "hotplug_event",
            "header_revision",
            "revision_piece");

    private StoreCheckCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("store-check-cost");
        try (var context = new SpringApplicationBuilder(CrashplugApplication.class)
                .run(
                        "--server.port=0",
                        "--logging.level.root=warn",
                        "--spring.datasource.url=jdbc:h2:file:%s;WRITE_DELAY=500"
                                .formatted(directory.resolve("crashplug")))) {
            fill(context);
            var checks = context.getBean(VerifyStore.class);
            long started = System.nanoTime();
            int status = checks.run(null, System.out, System.out);
            System.out.printf(
                    "status %d, %d machines and %d entries in %.1f s, in a heap of %d MiB%n",
                    status,
                    MACHINES,
                    ENTRIES,
                    (System.nanoTime() - started) / 1e9,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private static void fill(ConfigurableApplicationContext context) throws IOException, InterruptedException {
        var api = "http://127.0.0.1:%s/api/v1/machines"
                .formatted(context.getEnvironment().getRequiredProperty("local.server.port"));
        send("POST", api, """
                {"name": "one", "cpus": {"possible": "0-7", "present": "0-3"},
                 "memory": {"systemRam": [{"start": "0x100000", "end": "0x7fffffff"}],
                            "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"}}}""");
        send("PUT", api + "/one/crash-image", "{\"loadPath\": \"KEXEC_FILE_LOAD\"}");
        for (int i = 0; i < 5; i++) {
            send("POST", api + "/one/hotplug-events", """
                    {"changes": [{"action": "ADD_MEMORY", "range": {"start": "0x%x", "sizeBytes": 134217728}}]}""".formatted((1L << 32) + (i << 28L)));
        }
        var database = context.getBean(JdbcClient.class);
        database.sql("create table copies as select random_uuid() as id from system_range(2, ?)")
                .param(MACHINES)
                .update();
        copy(database, "machine", "id");
        TABLES.forEach(table -> copy(database, table, "machine_id"));
        database.sql("""
                        insert into hotplug_event select machine_id, n, at, actor, request_id, reason, changes, actions,
                            'REFUSED', detail, problem_type, generation_after, generation_after, header_revision,
                            elfsz_bytes, memsz_bytes, phdr_count, changed_bytes, sha256_after, sha256_after, duration_micros
                        from hotplug_event, (select x as n from system_range(7, ?))
                        where sequence = 6 and machine_id = (select id from machine where live_name = 'one')""").param(ENTRIES).update();
    }

    private static void copy(JdbcClient database, String table, String key) {
        var columns = database.sql("select column_name from information_schema.columns where table_name = upper(?)")
                .param(table)
                .query(String.class)
                .list();
        var values = columns.stream()
                .map(column -> column.equalsIgnoreCase(key)
                        ? "c.id"
                        : column.equals("LIVE_NAME") ? "cast(c.id as varchar)" : "t." + column)
                .toList();
        database.sql(
                        "insert into %s (%s) select %s from %s t, copies c where t.%s = (select id from machine where live_name = 'one')"
                                .formatted(table, String.join(", ", columns), String.join(", ", values), table, key))
                .update();
    }

    private static void send(String method, String uri, String body) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
    }
}
