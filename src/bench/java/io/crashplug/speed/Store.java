package io.crashplug.speed;

import java.io.IOException;
import java.sql.SQLException;

/** A database that is measured: one for the service, and a copy of it for the floor. */
interface Store extends AutoCloseable {

    static Store named(String name) throws IOException {
        return switch (name) {
            case "postgresql" -> new PostgreSqlStore();
            case "h2" -> new H2Store();
            default -> throw new IllegalArgumentException("there is no store " + name);
        };
    }

    String serviceUrl();

    String floorUrl();

    String user();

    /** Makes the floor's database a copy of the service's, which nobody has open. */
    void copy() throws IOException, SQLException;

    /** Whether the database counts what is done. */
    boolean counts();

    /** What the database counted since it was made. */
    RowCounts counts(String url) throws SQLException;

    @Override
    void close() throws IOException;

    /** The settings that point the service at a database. */
    default String[] settings(String url) {
        return new String[] {"--spring.datasource.url=" + url, "--spring.datasource.username=" + user()};
    }
}
