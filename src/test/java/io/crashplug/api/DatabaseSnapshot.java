package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All rows of all tables at one moment, to be compared with those of another.
 *
 * @param rows by table; each row is its columns as text, bytes as their SHA-256
 */
record DatabaseSnapshot(Map<String, Set<Map<String, String>>> rows) {

    private static final String HISTORY = "HOTPLUG_EVENT";
    private static final String EVENTS = "MACHINE_EVENT";
    private static final Set<String> OF_A_KEPT_REFUSAL =
            Set.of(HISTORY, EVENTS, "IDEMPOTENCY_KEY", "IDEMPOTENCY_PIECE");

    /** What is given some time after a change, by nobody who asks for it. */
    private static final Set<String> LATER_TABLES = Set.of("EVENT_FEED", "FEED_KEY", "WEBHOOK_DELIVERY");

    private static final Set<String> LATER_COLUMNS = Set.of("FEED_POSITION", "LAST_NUMBER", "FAILURES", "RETRY_AT");

    static DatabaseSnapshot of(JdbcClient database) {
        var snapshot = new DatabaseSnapshot(Database.allTables(database).stream()
                .filter(table -> !LATER_TABLES.contains(table.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toMap(table -> table.toUpperCase(Locale.ROOT), table -> rows(database, table))));
        assertThat(snapshot.rows).containsKeys(HISTORY, EVENTS, "MACHINE", "SYSTEM_RAM", "SEGMENT_CHUNK");
        return snapshot;
    }

    private static Set<Map<String, String>> rows(JdbcClient database, String table) {
        return database.sql("select * from \"" + table + "\"").query().listOfRows().stream()
                .map(DatabaseSnapshot::row)
                .collect(Collectors.toSet());
    }

    private static Map<String, String> row(Map<String, Object> columns) {
        var row = new TreeMap<String, String>();
        columns.forEach((column, value) -> row.put(column.toUpperCase(Locale.ROOT), text(value)));
        row.keySet().removeAll(LATER_COLUMNS);
        return row;
    }

    /** The same text of the same value on every database. */
    private static String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return HeaderBytes.of(bytes).sha256();
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        return value instanceof OffsetDateTime time ? time.toInstant().toString() : String.valueOf(value);
    }

    /** Without the table of the migrations, which tells when they were. */
    DatabaseSnapshot ofWhatIsStored() {
        var stored = new TreeMap<>(rows);
        stored.remove("FLYWAY_SCHEMA_HISTORY");
        return new DatabaseSnapshot(stored);
    }

    /** Fails if a refusal between the two left more than one entry in the history, and with it the key it came with. */
    void assertRefused(DatabaseSnapshot before) {
        boolean kept = !rows.get(HISTORY).equals(before.rows.get(HISTORY));
        for (var table : rows.keySet()) {
            boolean mayGrow = kept && OF_A_KEPT_REFUSAL.contains(table);
            if (!mayGrow || rows.get(table).size() != before.rows.get(table).size() + 1) {
                assertThat(rows.get(table)).as(table).isEqualTo(before.rows.get(table));
            }
            entriesAfter(table, before);
        }
    }

    /** The rows that a table has more; fails if it has any no longer. */
    private Set<Map<String, String>> entriesAfter(String table, DatabaseSnapshot before) {
        var added = new HashSet<>(rows.get(table));
        assertThat(added.containsAll(before.rows.get(table))).as(table).isTrue();
        added.removeAll(before.rows.get(table));
        return added;
    }

    /** The one entry that the history has and did not have before; fails if anything else differs. */
    Map<String, String> entryAfter(DatabaseSnapshot before) {
        var added = entriesAfter(HISTORY, before);
        assertThat(added).hasSize(1);
        var entry = added.iterator().next();
        var told = entriesAfter(EVENTS, before);
        assertThat(told)
                .hasSizeLessThan(2)
                .allSatisfy(row -> assertThat(row).containsEntry("TYPE", "elfcorehdr.refused"));
        var others = new TreeMap<>(rows);
        others.put(HISTORY, without(rows.get(HISTORY), added));
        others.put(EVENTS, without(rows.get(EVENTS), told));
        assertThat(new DatabaseSnapshot(others)).isEqualTo(before);
        return entry;
    }

    private static Set<Map<String, String>> without(Set<Map<String, String>> rows, Set<Map<String, String>> some) {
        return rows.stream().filter(row -> !some.contains(row)).collect(Collectors.toSet());
    }
}
