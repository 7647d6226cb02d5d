package io.crashplug.machine;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.persistence.RangesConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One range of System RAM as it is stored. A changed range is a row deleted and a row inserted. */
@Entity
@Immutable
@Table(name = "system_ram")
class SystemRamRow {

    @Embeddable
    record Key(UUID machineId, long firstByte) {}

    @EmbeddedId
    private Key key;

    private long lastByte;

    @Convert(converter = RangesConverter.class)
    private List<PhysicalRange> offlineParts;

    @Enumerated(EnumType.STRING)
    @Column(name = "device_type")
    private MemoryDevice.@Nullable Type deviceType;

    private @Nullable String deviceId;
    private @Nullable Integer deviceSlot;
    private @Nullable Integer deviceNode;

    protected SystemRamRow() {}

    SystemRamRow(UUID machineId, InstalledRange range) {
        key = new Key(machineId, range.range().start());
        lastByte = range.range().end();
        offlineParts = range.offlineParts();
        var device = range.device();
        if (device != null) {
            deviceType = device.type();
            deviceId = device.id();
            deviceSlot = device.slot();
            deviceNode = device.node();
        }
    }

    UUID machineId() {
        return key.machineId();
    }

    InstalledRange range() {
        var device = deviceType == null || deviceId == null
                ? null
                : new MemoryDevice(deviceType, deviceId, deviceSlot, deviceNode);
        return new InstalledRange(new PhysicalRange(key.firstByte(), lastByte), offlineParts, device);
    }
}
