package io.crashplug.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The stored System RAM of all machines. A range is a row, and a changed range is a row deleted and a row inserted. Every
 * hotplug reads all rows of its machine, which may be thousands, so they are read as they are and not as entities.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SystemRam {

    private static final int ROWS_AT_ONCE = 1000;

    private static final String SELECT = """
            select first_byte, last_byte, offline_parts, device_type, device_id, device_slot, device_node, machine_id
            from system_ram where machine_id %s order by machine_id, first_byte""";

    private final JdbcClient database;
    private final JdbcTemplate batches;

    SystemRam(JdbcClient database, JdbcTemplate batches) {
        this.database = database;
        this.batches = batches;
    }

    /** The ranges of a machine, ascending. */
    List<InstalledRange> of(UUID machine) {
        return database.sql(SELECT.formatted("= ?"))
                .param(machine)
                .query((row, number) -> SystemRamRow.range(row))
                .list();
    }

    /** The ranges of several machines, ascending; a machine without any is left out. */
    Map<UUID, List<InstalledRange>> of(Collection<UUID> machines) {
        var ranges = new HashMap<UUID, List<InstalledRange>>();
        database.sql(SELECT.formatted("in (:machines)"))
                .param("machines", machines)
                .query(row -> {
                    ranges.computeIfAbsent(row.getObject(8, UUID.class), machine -> new ArrayList<>())
                            .add(SystemRamRow.range(row));
                });
        return ranges;
    }

    void insert(UUID machine, List<InstalledRange> ranges) {
        batches.batchUpdate(
                "insert into system_ram (machine_id, first_byte, last_byte, offline_parts, device_type, device_id,"
                        + " device_slot, device_node) values (?, ?, ?, ?, ?, ?, ?, ?)",
                ranges,
                ROWS_AT_ONCE,
                (row, range) -> SystemRamRow.set(row, machine, range));
    }

    void delete(UUID machine, List<InstalledRange> ranges) {
        batches.batchUpdate(
                "delete from system_ram where machine_id = ? and first_byte = ?",
                ranges,
                ROWS_AT_ONCE,
                (row, range) -> {
                    row.setObject(1, machine);
                    row.setLong(2, range.range().start());
                });
    }
}
