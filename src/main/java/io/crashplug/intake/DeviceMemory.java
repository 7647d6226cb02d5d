package io.crashplug.intake;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A memory device as a hypervisor knows it.
 *
 * @param base where it begins; null where that is not told
 * @param pluggedBytes how much of it the guest has; null where that is not told
 */
public record DeviceMemory(
        MemoryDevice device,
        long sizeBytes,
        @Nullable Long base,
        @Nullable Long pluggedBytes) {

    /** Linux takes hotplugged memory in whole blocks of this size; the usual one of x86_64 below 64 GiB. */
    static final long BLOCK_BYTES = 128L << 20;

    /** From so much boot memory on, Linux may take larger blocks: probe_memory_block_size(), arch/x86/mm/init_64.c, 6.6. */
    static final long OTHER_BLOCKS_FROM_BYTES = 64L << 30;

    /**
     * What is known.
     *
     * @throws IllegalArgumentException if it does not lie within 52 address bits
     */
    public DeviceMemory {
        if (base != null && (sizeBytes < 1 || base < 0 || base > IomemListing.HIGHEST_ADDRESS - sizeBytes)) {
            throw new IllegalArgumentException("device \"%s\" of %d bytes at 0x%x is not within 52 address bits"
                    .formatted(device.id(), sizeBytes, base));
        }
    }

    /** Whether it is told which memory the guest has of it, also if it is none. */
    boolean isKnown() {
        return whyUnknown().isEmpty();
    }

    /** The System RAM that the guest has of it, as far as that is told. */
    Optional<InstalledRange> range() {
        if (!isKnown() || base == null || pluggedBytes == null || pluggedBytes == 0) {
            return Optional.empty();
        }
        long plugged = pluggedBytes;
        var range = device.merges()
                ? blocks().map(blocks ->
                        PhysicalRange.ofSize(blocks.start(), Math.min(up(plugged), blocks.sizeBytes())))
                : Optional.of(PhysicalRange.ofSize(base, sizeBytes));
        return range.map(ram -> InstalledRange.of(ram, true, device));
    }

    /** The whole blocks of Linux that lie in it; empty if there are none, or it is not told where it lies. */
    Optional<PhysicalRange> blocks() {
        if (base == null) {
            return Optional.empty();
        }
        long start = up(base);
        long size = (base + sizeBytes - start) / BLOCK_BYTES * BLOCK_BYTES;
        return size > 0 ? Optional.of(PhysicalRange.ofSize(start, size)) : Optional.empty();
    }

    private static long up(long address) {
        return (address + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /** What is to be known of it. */
    Stream<GuestImport.Warning> warnings() {
        boolean partly = pluggedBytes != null && pluggedBytes != 0 && pluggedBytes != sizeBytes;
        return Stream.concat(
                whyUnknown().stream(),
                partly && isKnown()
                        ? warning(
                                "virtio-mem-blocks-assumed",
                                "which blocks of device \"%s\" are plugged is not told; Linux takes the lowest of those first that are not known")
                                .stream()
                        : Stream.empty());
    }

    /** What is not told of it, so that none of its memory is added. */
    private Optional<GuestImport.Warning> whyUnknown() {
        if (base == null) {
            return warning(
                    "device-address-unknown", "where device \"%s\" lies is not told; none of its memory is added");
        }
        if (pluggedBytes == null) {
            return warning(
                    "plugged-unknown", "how much of device \"%s\" is plugged is not told; none of its memory is added");
        }
        if (device.type() == MemoryDevice.Type.DIMM && (base % BLOCK_BYTES != 0 || sizeBytes % BLOCK_BYTES != 0)) {
            return warning("not-block-aligned", "device \"%s\" is no number of blocks of 128 MiB, which Linux refuses");
        }
        return Optional.empty();
    }

    private Optional<GuestImport.Warning> warning(String code, String detail) {
        return Optional.of(new GuestImport.Warning(code, detail.formatted(device.id())));
    }
}
