package io.crashplug.machine;

import org.jspecify.annotations.Nullable;

/**
 * The device behind a range of System RAM.
 *
 * @param id the hypervisor's name for it
 * @param slot the slot it is plugged into, if it has one
 * @param node the NUMA node its memory belongs to, if known
 */
public record MemoryDevice(
        Type type,
        String id,
        @Nullable Integer slot,
        @Nullable Integer node) {

    /** What kind of device; it decides how its memory shows in /proc/iomem. */
    public enum Type {
        /** A memory module: one range, which never merges with its neighbours. */
        DIMM,
        /** A persistent module used as System RAM. */
        NVDIMM,
        /** A device resized at run time: its ranges merge when adjacent and may lose their head or tail. */
        VIRTIO_MEM
    }

    public static final int MAX_ID_LENGTH = 128;

    /** Whether two neighbouring ranges of this device are one range in /proc/iomem. */
    public boolean merges() {
        return type == Type.VIRTIO_MEM;
    }
}
