package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.header.RevisionsWithoutInputs;
import io.crashplug.persistence.Migrations;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** A store as an older version of the service left it: its schema, and of everything stored what that schema holds. */
final class OlderStore {

    private static final String FIRST_WITH_REVISIONS = "3";
    private static final String FIRST_WITH_INPUTS = "7";
    private static final String FIRST_THAT_FORGETS_THE_DELETED = "9";

    private static final Set<String> NOT_STORED = Set.of("flyway_schema_history");
    private static final Set<String> NOT_COPIED = Set.of("flyway_schema_history", "revision_piece");

    private OlderStore() {}

    /** The versions of the schema before the newest, on a database. */
    static List<MigrationVersion> versions(Database database) throws IOException, SQLException {
        try (var parts = Store.of(database).parts()) {
            var all = Arrays.stream(parts.getBean(Flyway.class).info().all())
                    .map(MigrationInfo::getVersion)
                    .toList();
            return all.subList(0, all.size() - 1);
        }
    }

    static Store of(Database database, MigrationVersion version) throws IOException, SQLException {
        var older = Store.of(database);
        try (var parts = older.parts()) {
            Migrations.migrate(parts.getBean(Flyway.class), version);
        }
        var full = FilledStore.on(database).store();
        try (var from = connect(full);
                var to = connect(older)) {
            to.createStatement().execute(database.withoutReferences());
            to.setAutoCommit(false);
            for (var table : older.tables()) {
                var without = keepsInputs(version) ? NOT_STORED : NOT_COPIED;
                if (!without.contains(table.toLowerCase(Locale.ROOT))) {
                    copy(table, from, to);
                }
            }
            if (version.isAtLeast(FIRST_WITH_REVISIONS) && !keepsInputs(version)) {
                RevisionsWithoutInputs.write(from, to);
            }
            if (!version.isAtLeast(FIRST_THAT_FORGETS_THE_DELETED)) {
                rememberTheDeleted(to);
            }
            to.commit();
        }
        return older;
    }

    private static boolean keepsInputs(MigrationVersion version) {
        return version.isAtLeast(FIRST_WITH_INPUTS);
    }

    /** Deleted machines kept their labels and conditions. */
    private static void rememberTheDeleted(Connection store) throws SQLException {
        try (var statement = store.createStatement()) {
            int labels = statement.executeUpdate("""
                    insert into machine_label (machine_id, label_key, label_value)
                    select id, 'of', 'old' from machine where deleted_at is not null""");
            int conditions = statement.executeUpdate("""
                    insert into machine_condition (machine_id, type, status, reason, message, last_transition_time)
                    select id, 'KdumpReady', 'False', 'HeaderStale', '', deleted_at
                    from machine where deleted_at is not null""");
            assertThat(labels).isEqualTo(conditions).isPositive();
        }
    }

    private static Connection connect(Store store) throws SQLException {
        return DriverManager.getConnection(store.url(), store.user(), store.password());
    }

    private static void copy(String table, Connection from, Connection to) throws SQLException {
        var columns = columns(table, to);
        var list = String.join(", ", columns);
        var places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        try (var select = from.createStatement();
                var rows = select.executeQuery("select %s from %s".formatted(list, table));
                var insert = to.prepareStatement("insert into %s (%s) values (%s)".formatted(table, list, places))) {
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++) {
                    insert.setObject(i, rows.getObject(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<String> columns(String table, Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var none = statement.executeQuery("select * from %s where 1 = 0".formatted(table))) {
            var columns = none.getMetaData();
            return IntStream.rangeClosed(1, columns.getColumnCount())
                    .mapToObj(i -> name(columns, i))
                    .toList();
        }
    }

    private static String name(ResultSetMetaData columns, int i) {
        try {
            return columns.getColumnName(i);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
