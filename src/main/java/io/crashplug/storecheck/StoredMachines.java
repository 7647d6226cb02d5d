package io.crashplug.storecheck;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The machines of the store, also deleted ones. */
@Component
class StoredMachines {

    private static final String SELECT = """
            select m.id, m.name, m.generation, m.header_revision, m.revisions_from, m.inputs_from,
                i.header_revision as in_force, i.header_sha256
            from machine m left join crash_image i on i.machine_id = m.id
            """;

    private final JdbcClient database;

    StoredMachines(JdbcClient database) {
        this.database = database;
    }

    long count() {
        return database.sql("select count(*) from machine").query(Long.class).single();
    }

    /**
     * Ids in the order of the database.
     *
     * @param last the one to continue after; null from the first on
     */
    List<UUID> idsAfter(@Nullable UUID last, int most) {
        var statement = last == null
                ? database.sql("select id from machine order by id limit :most")
                : database.sql("select id from machine where id > :last order by id limit :most")
                        .param("last", last);
        return statement
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** The machines of these ids, of which there is one at least, in the order of the database. */
    List<StoredMachine> of(List<UUID> ids) {
        return database.sql(SELECT + "where m.id in (:ids) order by m.id")
                .param("ids", ids)
                .query((row, i) -> machine(row))
                .list();
    }

    private static StoredMachine machine(ResultSet row) throws SQLException {
        return new StoredMachine(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("generation"),
                row.getLong("header_revision"),
                row.getLong("revisions_from"),
                row.getLong("inputs_from"),
                row.getObject("in_force", Long.class),
                row.getString("header_sha256"));
    }
}
