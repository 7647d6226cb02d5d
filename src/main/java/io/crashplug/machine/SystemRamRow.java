package io.crashplug.machine;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.persistence.RangesConverter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;

/** A range of System RAM as a row, in the order of the columns that {@link SystemRam} names. */
final class SystemRamRow {

    private static final RangesConverter RANGES = new RangesConverter();

    private SystemRamRow() {}

    static InstalledRange range(ResultSet row) throws SQLException {
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

    static void set(PreparedStatement row, UUID machine, InstalledRange range) throws SQLException {
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
