package io.crashplug.archive;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The tables of a database's schema, as its metadata tell: what a later migration adds is among them by itself. */
final class Tables {

    /** The two names of an ordinary table's type: H2's and PostgreSQL's. */
    private static final Set<String> ORDINARY = Set.of("BASE TABLE", "TABLE");

    private final Connection database;
    private final String schema;

    private Tables(Connection database) throws SQLException {
        this.database = database;
        this.schema = database.getSchema();
    }

    /** All tables but the one of the migrations, each behind those that it refers to. */
    static List<Table> of(Connection database) throws SQLException {
        return new Tables(database).inOrder();
    }

    /** The names of all tables but the one of the migrations. */
    static List<String> names(Connection database) throws SQLException {
        return new Tables(database).names();
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> list(ResultSet rows, Row<T> row) throws SQLException {
        try (rows) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(row.read(rows));
            }
            return list;
        }
    }

    private List<Table> inOrder() throws SQLException {
        var references = new TreeMap<String, Set<String>>();
        for (var name : names()) {
            references.put(name, referredTo(name));
        }
        var ordered = new LinkedHashMap<String, Table>();
        while (ordered.size() < references.size()) {
            int before = ordered.size();
            for (var entry : references.entrySet()) {
                if (!ordered.containsKey(entry.getKey()) && ordered.keySet().containsAll(entry.getValue())) {
                    ordered.put(entry.getKey(), table(entry.getKey()));
                }
            }
            if (ordered.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle: " + references);
            }
        }
        return List.copyOf(ordered.values());
    }

    private List<String> names() throws SQLException {
        return list(
                        database.getMetaData().getTables(null, schema, "%", null),
                        row -> Map.entry(row.getString("TABLE_NAME"), row.getString("TABLE_TYPE")))
                .stream()
                .filter(table -> ORDINARY.contains(table.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(SchemaHistory.TABLE))
                .toList();
    }

    private Set<String> referredTo(String name) throws SQLException {
        var others = new HashSet<>(
                list(database.getMetaData().getImportedKeys(null, schema, name), row -> row.getString("PKTABLE_NAME")));
        others.remove(name);
        return others;
    }

    private Table table(String name) throws SQLException {
        var columns = list(
                database.getMetaData().getColumns(null, schema, escaped(name), "%"),
                row -> new Table.Column(row.getString("COLUMN_NAME"), ColumnType.named(row.getString("TYPE_NAME"))));
        var key = new HashMap<Integer, String>();
        list(
                        database.getMetaData().getPrimaryKeys(null, schema, name),
                        row -> Map.entry(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME")))
                .forEach(column -> key.put(column.getKey(), column.getValue()));
        if (key.isEmpty()) {
            throw new IllegalStateException("table %s has no primary key to read it in order by".formatted(name));
        }
        return new Table(name, columns, List.copyOf(new TreeMap<>(key).values()));
    }

    /** The name as a pattern that only it fits. */
    private String escaped(String name) throws SQLException {
        var escape = database.getMetaData().getSearchStringEscape();
        return name.replace("_", escape + "_");
    }
}
