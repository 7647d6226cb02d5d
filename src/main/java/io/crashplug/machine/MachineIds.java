package io.crashplug.machine;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The ids of the machines that live, by name; asked before each change, so without the machine itself. */
@Component
class MachineIds {

    private final JdbcTemplate database;

    MachineIds(JdbcTemplate database) {
        this.database = database;
    }

    /** The id of the machine that lives under a name; what no machine may be called is not looked for. */
    Optional<UUID> of(MachineRef ref) {
        if (!ref.isName()) {
            return Optional.empty();
        }
        return database
                .query(
                        "select id from machine where live_name = ?",
                        row -> row.setString(1, ref.text()),
                        (row, number) -> row.getObject(1, UUID.class))
                .stream()
                .findFirst();
    }
}
