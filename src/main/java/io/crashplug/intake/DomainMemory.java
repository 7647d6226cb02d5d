package io.crashplug.intake;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A memory device of a libvirt domain.
 *
 * @param base where it begins; null where libvirt does not tell
 * @param pluggedBytes how much of it the guest has; null where libvirt does not tell
 */
record DomainMemory(
        MemoryDevice device,
        long sizeBytes,
        @Nullable Long base,
        @Nullable Long pluggedBytes) {

    /** Linux takes hotplugged memory in whole blocks of this size; the usual one of x86_64 below 64 GiB. */
    private static final long BLOCK_BYTES = 128L << 20;

    /** From so much boot memory on, Linux may take larger blocks: probe_memory_block_size(), arch/x86/mm/init_64.c, 6.6. */
    static final long OTHER_BLOCKS_FROM_BYTES = 64L << 30;

    private static final long HIGHEST_ADDRESS = (1L << 52) - 1;

    /** Its memory, if it is told exactly which that is. */
    Optional<InstalledRange> range() {
        return whyUnknown().isPresent() || pluggedBytes == null || pluggedBytes == 0 || base == null
                ? Optional.empty()
                : Optional.of(InstalledRange.of(PhysicalRange.ofSize(base, sizeBytes), true, device));
    }

    /** What is not told of it, so that its memory is left out; never guessed. */
    Optional<GuestImport.Warning> whyUnknown() {
        if (base == null) {
            return warning("device-address-unknown", "where device \"%s\" lies is not told; it is left out");
        }
        if (sizeBytes < 1 || base < 0 || base > HIGHEST_ADDRESS - sizeBytes) {
            throw new IllegalArgumentException("device \"%s\" of %d bytes at 0x%x is not within 52 address bits"
                    .formatted(device.id(), sizeBytes, base));
        }
        if (pluggedBytes == null) {
            return warning("plugged-unknown", "how much of device \"%s\" is plugged is not told; it is left out");
        }
        if (pluggedBytes != 0 && pluggedBytes != sizeBytes) {
            return warning("partly-plugged", "which blocks of device \"%s\" are plugged is not told; it is left out");
        }
        if (device.type() == MemoryDevice.Type.DIMM && (base % BLOCK_BYTES != 0 || sizeBytes % BLOCK_BYTES != 0)) {
            return warning("not-block-aligned", "device \"%s\" is no number of blocks of 128 MiB, which Linux refuses");
        }
        return Optional.empty();
    }

    private Optional<GuestImport.Warning> warning(String code, String detail) {
        return Optional.of(new GuestImport.Warning(code, detail.formatted(device.id())));
    }

    /** What is to be known of some devices. */
    static List<GuestImport.Warning> warnings(List<DomainMemory> devices) {
        return devices.stream().flatMap(device -> device.whyUnknown().stream()).toList();
    }
}
