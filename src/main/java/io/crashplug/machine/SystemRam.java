package io.crashplug.machine;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.persistence.RangesConverter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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

    private static final RangesConverter RANGES = new RangesConverter();

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
                .query((row, number) -> range(row))
                .list();
    }

    /** The ranges of several machines, ascending; a machine without any is left out. */
    Map<UUID, List<InstalledRange>> of(Collection<UUID> machines) {
        var ranges = new HashMap<UUID, List<InstalledRange>>();
        database.sql(SELECT.formatted("in (:machines)"))
                .param("machines", machines)
                .query(row -> {
                    ranges.computeIfAbsent(row.getObject(8, UUID.class), machine -> new ArrayList<>())
                            .add(range(row));
                });
        return ranges;
    }

    void insert(UUID machine, List<InstalledRange> ranges) {
        batches.batchUpdate(
                "insert into system_ram (machine_id, first_byte, last_byte, offline_parts, device_type, device_id,"
                        + " device_slot, device_node) values (?, ?, ?, ?, ?, ?, ?, ?)",
                ranges,
                ROWS_AT_ONCE,
                (row, range) -> set(row, machine, range));
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

    private static InstalledRange range(ResultSet row) throws SQLException {
        var type = row.getString(4);
        var device = type == null
                ? null
                : new MemoryDevice(
                        MemoryDevice.Type.valueOf(type),
                        row.getString(5),
                        row.getObject(6, Integer.class),
                        row.getObject(7, Integer.class));
        return new InstalledRange(
                new PhysicalRange(row.getLong(1), row.getLong(2)),
                RANGES.convertToEntityAttribute(row.getString(3)),
                device);
    }

    private static void set(PreparedStatement row, UUID machine, InstalledRange range) throws SQLException {
        var device = range.device();
        row.setObject(1, machine);
        row.setLong(2, range.range().start());
        row.setLong(3, range.range().end());
        row.setString(4, RANGES.convertToDatabaseColumn(range.offlineParts()));
        row.setString(5, device == null ? null : device.type().name());
        row.setString(6, device == null ? null : device.id());
        row.setObject(7, device == null ? null : device.slot(), Types.INTEGER);
        row.setObject(8, device == null ? null : device.node(), Types.INTEGER);
    }
}
