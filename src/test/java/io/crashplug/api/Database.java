package io.crashplug.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The databases on which the tests of the API run; {@code -Dcrashplug.test.database=postgresql} for the other one. */
enum Database {
    H2 {
        @Override
        String urlOfNewOne() throws IOException {
            var directory = Files.createTempDirectory("crashplug");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                FileSystemUtils.deleteRecursively(directory.toFile());
            }));
            return urlIn(directory);
        }

        @Override
        String constraintOfNewRows() {
            return "nocheck";
        }

        @Override
        String withoutReferences() {
            return "set referential_integrity false";
        }

        @Override
        void empty(JdbcClient database) {
            database.sql("set referential_integrity false").update();
            tables(database)
                    .forEach(table ->
                            database.sql("truncate table \"" + table + "\"").update());
            database.sql("set referential_integrity true").update();
        }

        @Override
        String placeOfRow() {
            return "_rowid_";
        }

        @Override
        String numbersBelow(int end) {
            return "system_range(0, %d)".formatted(end - 1);
        }

        @Override
        String explain() {
            return "explain analyze ";
        }

        @Override
        long rowsRead(String plan) {
            return SCAN_COUNT
                    .matcher(plan)
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
        }
    },
    POSTGRESQL {
        @Override
        String urlOfNewOne() throws SQLException {
            return PostgreSqlServer.urlOfNewDatabase();
        }

        @Override
        String constraintOfNewRows() {
            return "not valid";
        }

        @Override
        String withoutReferences() {
            return "set session_replication_role = replica";
        }

        @Override
        void empty(JdbcClient database) {
            database.sql("truncate table " + String.join(", ", tables(database)) + " cascade")
                    .update();
        }

        @Override
        String placeOfRow() {
            return "cast(ctid as text)";
        }

        @Override
        String numbersBelow(int end) {
            return "generate_series(0, %d)".formatted(end - 1);
        }

        @Override
        String explain() {
            return "explain (analyze, format json) ";
        }

        @Override
        long rowsRead(String plan) {
            return Math.round(rowsRead(ApiTest.JSON.readTree(plan).get(0).get("Plan")));
        }

        private double rowsRead(JsonNode node) {
            double rows = 0;
            if (node.get("Node Type").stringValue().endsWith("Scan")) {
                for (var kind : List.of("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")) {
                    rows += node.path(kind).doubleValue(0)
                            * node.get("Actual Loops").doubleValue();
                }
            }
            for (var part : node.path("Plans")) {
                rows += rowsRead(part);
            }
            return rows;
        }
    };

    static final Database TESTED =
            System.getProperty("crashplug.test.database", "h2").equals("postgresql") ? POSTGRESQL : H2;

    abstract String urlOfNewOne() throws IOException, SQLException;

    /** What makes a new constraint hold of rows that are written from now on. */
    abstract String constraintOfNewRows();

    /** What lets the rows of a connection come in any order. */
    abstract String withoutReferences();

    /** Takes out whatever the service stored, whatever refers to it. */
    abstract void empty(JdbcClient database);

    /** The names of all tables, as the database writes them. */
    static List<String> allTables(JdbcClient database) {
        return database.sql("select table_name from information_schema.tables where upper(table_schema) = 'PUBLIC'")
                .query(String.class)
                .list();
    }

    /** Those but the one that tells of migrations. */
    static List<String> tables(JdbcClient database) {
        return allTables(database).stream()
                .filter(table -> !table.equalsIgnoreCase("flyway_schema_history"))
                .toList();
    }

    /** A column that tells where a row lies, which changes when it is written again. */
    abstract String placeOfRow();

    /** A table of one column with the numbers from 0 on. */
    abstract String numbersBelow(int end);

    /** What makes a query into one that tells how it was answered. */
    abstract String explain();

    /** How many rows of tables and indexes were read by what was explained so. */
    abstract long rowsRead(String plan);

    private static final Pattern SCAN_COUNT = Pattern.compile("scanCount: (\\d+)");

    /** As the service is configured by default, but for the place. */
    static String urlIn(Path directory) {
        return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(directory.resolve("crashplug"));
    }
}
