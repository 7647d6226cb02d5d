package io.crashplug.archive;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as the database names it.
 *
 * @param name as the database stores it
 * @param columns in the table's own order
 * @param key names of the primary key's columns, in their order
 */
record Table(String name, List<Column> columns, List<String> key) {

    Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /**
     * A column.
     *
     * @param name as the database stores it
     */
    record Column(String name, ColumnType type) {

        String commonName() {
            return common(name);
        }
    }

    /** The name in archives: H2 stores names in upper case, PostgreSQL in lower case. */
    String commonName() {
        return common(name);
    }

    String select() {
        return "select %s from %s order by %s".formatted(names(columns), quoted(name), quoted(key));
    }

    String insert() {
        var places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        return "insert into %s (%s) values (%s)".formatted(quoted(name), names(columns), places);
    }

    String quotedName() {
        return quoted(name);
    }

    /** The same table with its columns in the order of these, which must be its own; empty if they are not. */
    Optional<Table> inOrderOf(Map<String, ColumnType> others) {
        var known = columns.stream().collect(Collectors.toMap(Column::commonName, column -> column));
        if (!known.keySet().equals(others.keySet())
                || columns.stream().anyMatch(column -> others.get(column.commonName()) != column.type())) {
            return Optional.empty();
        }
        return Optional.of(new Table(
                name,
                others.keySet().stream()
                        .map(other -> Objects.requireNonNull(known.get(other)))
                        .toList(),
                key));
    }

    private static String names(List<Column> columns) {
        return quoted(columns.stream().map(Column::name).toList());
    }

    private static String quoted(List<String> names) {
        return names.stream().map(Table::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static String common(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
