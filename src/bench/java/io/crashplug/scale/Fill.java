package io.crashplug.scale;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Multiplies machines that the service made, row by row as they are: only ids, names, one label, the numbers that
 * count on and the places of events in the feed are others.
 */
final class Fill implements AutoCloseable {

    private static final int MACHINES_AT_ONCE = 10_000;
    private static final int CYCLES_AT_ONCE = 50;

    /** What the feed tells; its numbers of each machine are not those of the machine's history. */
    private static final String FEED = "machine_event";

    /** Machines that have one label in common: host h0 has the first hundred, h1 the next. */
    static final int MACHINES_OF_HOST = 100;

    private final Connection database;
    private final Store store;
    private final List<String> tables = new ArrayList<>();

    Fill(Store store, String url) throws SQLException {
        this.store = store;
        database = store.connect(url);
        database.setAutoCommit(false);
        execute(store.checkReferences(false));
        try (var found = database.getMetaData().getColumns(null, null, "%", "%")) {
            while (found.next()) {
                if (found.getString("COLUMN_NAME").equalsIgnoreCase("machine_id")) {
                    tables.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    /** Makes {@code count} machines of the templates. */
    void machines(int count) throws SQLException {
        execute("create table bench_copy (n integer primary key, template_id uuid not null, id uuid not null)");
        var templates = new ArrayList<UUID>();
        for (int i = 0; i < Templates.COUNT; i++) {
            templates.add(id(Templates.name(i)));
        }
        try (var insert = database.prepareStatement("insert into bench_copy values (?, ?, ?)")) {
            for (int n = 0; n < count; n++) {
                insert.setInt(1, n);
                insert.setObject(2, templates.get(n % Templates.COUNT));
                insert.setObject(3, newId(n));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        database.commit();
        for (int from = 0; from < count; from += MACHINES_AT_ONCE) {
            var some = "c.n >= %d and c.n < %d".formatted(from, Math.min(from + MACHINES_AT_ONCE, count));
            copy(
                    "machine",
                    "join bench_copy c on c.template_id = t.id where " + some,
                    Map.of(
                            "id", "c.id",
                            "name", "'vm-' || lpad(cast(c.n as varchar), 6, '0')",
                            "live_name", "'vm-' || lpad(cast(c.n as varchar), 6, '0')"));
            for (var table : tables) {
                copy(
                        table,
                        "join bench_copy c on c.template_id = t.machine_id where " + some,
                        Map.of(
                                "machine_id",
                                "c.id",
                                "label_value",
                                "case t.label_key when 'host' then 'h' || (c.n / %d) else t.label_value end"
                                        .formatted(MACHINES_OF_HOST)));
            }
            database.commit();
            System.out.printf(
                    "  %s: %d of %d machines%n", store.kind(), Math.min(from + MACHINES_AT_ONCE, count), count);
        }
        execute("drop table bench_copy");
        execute("update event_feed set last_position = (select max(feed_position) from %s)".formatted(FEED));
        database.commit();
    }

    /** Makes the machine {@code name} with the events of the cyclic template, {@code cycles} times. */
    void longHistory(String name, int cycles) throws SQLException {
        var template = id(Templates.CYCLIC);
        var id = newId(Integer.MAX_VALUE);
        long revisions = number("select header_revision from machine where id = '%s'".formatted(template)) - 1;
        long generations = number("select generation from machine where id = '%s'".formatted(template)) - 1;
        execute("create table bench_cycle (k integer primary key, ago interval day to second)");
        for (int k = 0; k < cycles; k++) {
            execute("insert into bench_cycle values (%d, interval '%d' minute)".formatted(k, 2 * (cycles - k)));
        }
        var last = Map.of("k", String.valueOf(cycles - 1), "id", "'%s'".formatted(id));
        copy(
                "machine",
                "where t.id = '%s'".formatted(template),
                Map.of(
                        "id",
                        quoted(id),
                        "name",
                        "'%s'".formatted(name),
                        "live_name",
                        "'%s'".formatted(name),
                        "generation",
                        "t.generation + %d".formatted(generations * (cycles - 1)),
                        "header_revision",
                        "t.header_revision + %d".formatted(revisions * (cycles - 1))));
        for (var table : tables) {
            var columns = columns(table);
            boolean history = columns.contains("sequence") || columns.contains("revision");
            var shifts = history ? "c.k" : last.get("k");
            // Of the feed all events but the first are told again, the load among them.
            long entries = table.equals(FEED)
                    ? number("select max(sequence) - 1 from %s where machine_id = '%s'".formatted(FEED, template))
                    : Templates.CYCLE;
            var replaced = Map.of(
                    "machine_id", quoted(id),
                    "sequence", "t.sequence + %d * %s".formatted(entries, shifts),
                    "revision", "t.revision + %d * %s".formatted(revisions, shifts),
                    "header_revision", "t.header_revision + %d * %s".formatted(revisions, shifts),
                    "generation", "t.generation + %d * %s".formatted(generations, shifts),
                    "header_generation", "t.header_generation + %d * %s".formatted(generations, shifts),
                    "generation_before", "t.generation_before + %d * %s".formatted(generations, shifts),
                    "generation_after", "t.generation_after + %d * %s".formatted(generations, shifts),
                    "at", "t.at - c.ago");
            if (!history) {
                copy(table, "where t.machine_id = '%s'".formatted(template), replaced);
                continue;
            }
            var number = columns.contains("sequence") ? "sequence" : "revision";
            copy(
                    table,
                    "join bench_cycle c on c.k = 0 where t.machine_id = '%s' and t.%s = 1".formatted(template, number),
                    replaced);
            for (int from = 0; from < cycles; from += CYCLES_AT_ONCE) {
                copy(
                        table,
                        "join bench_cycle c on c.k >= %d and c.k < %d where t.machine_id = '%s' and t.%s > 1"
                                .formatted(from, from + CYCLES_AT_ONCE, template, number),
                        replaced);
                database.commit();
            }
        }
        execute("drop table bench_cycle");
        database.commit();
    }

    private void copy(String table, String from, Map<String, String> replaced) throws SQLException {
        var columns = columns(table);
        var values = new HashMap<>(replaced);
        if (table.equals(FEED)) {
            // Behind all places that are given, without a gap, in an order that keeps that of each machine.
            long given = number("select coalesce(max(feed_position), 0) from " + FEED);
            values.put(
                    "feed_position",
                    "%d + row_number() over (order by %s, %s)"
                            .formatted(
                                    given,
                                    replaced.get("machine_id"),
                                    replaced.getOrDefault("sequence", "t.sequence")));
        }
        execute("insert into %s (%s) select %s from %s t %s"
                .formatted(
                        table,
                        String.join(", ", columns),
                        columns.stream()
                                .map(column -> values.getOrDefault(column, "t." + column))
                                .collect(Collectors.joining(", ")),
                        table,
                        from));
    }

    private List<String> columns(String table) throws SQLException {
        try (var statement = database.createStatement();
                var none = statement.executeQuery("select * from %s where 1 = 0".formatted(table))) {
            var columns = new ArrayList<String>();
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                columns.add(none.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
            }
            return columns;
        }
    }

    /** Ids that rise as those of the service do. */
    private static UUID newId(int n) {
        return new UUID(0x0190_0000_0000_7000L + ((long) n << 16), 0x8000_0000_0000_0000L | n);
    }

    private static String quoted(UUID id) {
        return "cast('%s' as uuid)".formatted(id);
    }

    UUID id(String name) throws SQLException {
        try (var statement = database.createStatement();
                var found = statement.executeQuery("select id from machine where live_name = '%s'".formatted(name))) {
            found.next();
            return found.getObject(1, UUID.class);
        }
    }

    long number(String query) throws SQLException {
        try (var statement = database.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets the database look at what it holds, as it does by itself after a while. */
    @Override
    public void close() throws SQLException {
        database.commit();
        database.setAutoCommit(true);
        execute(store.checkReferences(true));
        execute(store.kind() == Store.Kind.H2 ? "analyze" : "vacuum analyze");
        if (store.kind() == Store.Kind.POSTGRESQL) {
            execute("checkpoint");
        }
        database.close();
    }
}
