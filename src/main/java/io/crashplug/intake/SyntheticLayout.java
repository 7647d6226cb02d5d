package io.crashplug.intake;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The System RAM of a guest of which only the amount is known, laid out as QEMU and SeaBIOS do: for trials and planning,
 * since firmware and options move the borders. Source: hw/i386/pc_q35.c and hw/i386/pc_piix.c of QEMU 7.2, which split
 * the memory around the hole below 4 GiB; the rest as read from guests of both.
 */
final class SyntheticLayout {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long FOUR_GIB = 4 * GIB;

    /** What lies below the hole of video memory and the BIOS, without the first page. */
    private static final PhysicalRange CONVENTIONAL = new PhysicalRange(0x1000, 0x9fbff);

    /** What SeaBIOS keeps for itself at the end of the memory below 4 GiB: ACPI tables and the like. */
    private static final long FIRMWARE_BYTES = 0x22000;

    /** Least memory that a guest can be given. */
    private static final long LEAST_BYTES = 16 * MIB;

    /** Alignment of a reservation: CRASH_ALIGN, arch/x86/kernel/setup.c, Linux 6.6. */
    private static final long CRASH_ALIGN = 16 * MIB;

    private final long lowBytes;
    private final long highBytes;

    private SyntheticLayout(long lowBytes, long highBytes) {
        this.lowBytes = lowBytes;
        this.highBytes = highBytes;
    }

    /** How a kind of machine splits its memory around the hole below 4 GiB. */
    enum Chipset {
        /** The whole of it below the hole under 2.75 GiB; 2 GiB of more. */
        Q35(0xb0000000L - 1, 2 * GIB),
        /** The whole of it below the hole under 3.5 GiB; 3 GiB of more. */
        I440FX(0xe0000000L - 1, 3 * GIB);

        private final long mostBelow;
        private final long belowOfMore;

        Chipset(long mostBelow, long belowOfMore) {
            this.mostBelow = mostBelow;
            this.belowOfMore = belowOfMore;
        }
    }

    /**
     * The layout of an amount of memory.
     *
     * @throws IllegalArgumentException if it is less than 16 MiB, no number of pages, or reaches beyond 52 address bits
     */
    static SyntheticLayout of(Chipset chipset, long bytes) {
        if (bytes < LEAST_BYTES || bytes % 4096 != 0 || bytes > (1L << 51)) {
            throw new IllegalArgumentException(
                    "%d bytes of memory are not between 16 MiB and 2 PiB in pages of 4096".formatted(bytes));
        }
        return bytes <= chipset.mostBelow
                ? new SyntheticLayout(bytes, 0)
                : new SyntheticLayout(chipset.belowOfMore, bytes - chipset.belowOfMore);
    }

    /** Its ranges, ascending. */
    List<InstalledRange> systemRam() {
        var ranges = new ArrayList<InstalledRange>();
        ranges.add(online(CONVENTIONAL));
        ranges.add(online(new PhysicalRange(MIB, lowEnd())));
        if (highBytes > 0) {
            ranges.add(online(PhysicalRange.ofSize(FOUR_GIB, highBytes)));
        }
        return List.copyOf(ranges);
    }

    private static InstalledRange online(PhysicalRange range) {
        return InstalledRange.of(range, true, null);
    }

    private long lowEnd() {
        return lowBytes - FIRMWARE_BYTES - 1;
    }

    /**
     * The reservation that Linux makes for {@code crashkernel=SIZE}: as high as it fits below 4 GiB. Source:
     * reserve_crashkernel(), arch/x86/kernel/setup.c, Linux 6.6, with nothing else reserved.
     *
     * @throws NoReservation if it does not fit, or is no number of pages
     */
    CrashKernel crashKernel(long bytes) {
        if (bytes == 0) {
            return CrashKernel.NONE;
        }
        long start = bytes > lowEnd() ? -1 : (lowEnd() + 1 - bytes) / CRASH_ALIGN * CRASH_ALIGN;
        if (bytes < 0 || bytes % 4096 != 0 || start < CRASH_ALIGN) {
            throw new NoReservation(
                    "no %d bytes can be reserved for a crash kernel below 4 GiB, in pages of 4096".formatted(bytes));
        }
        return new CrashKernel(PhysicalRange.ofSize(start, bytes), null, List.of());
    }
}
