package io.crashplug.intake;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The System RAM of a guest of which only the amount is known, laid out as its hypervisor and firmware do: for trials and
 * planning, since firmware and options move the borders. Sources: hw/i386/pc_q35.c and hw/i386/pc_piix.c of QEMU 7.2, which
 * split the memory around the hole below 4 GiB, the rest as read from guests of both; arch/src/x86_64/layout.rs of Cloud
 * Hypervisor 30.
 */
public final class SyntheticLayout {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long FOUR_GIB = 4 * GIB;

    /** Linux keeps the first page for itself. */
    private static final long FIRST_BYTE = 0x1000;

    /** What SeaBIOS keeps for itself at the end of the memory below 4 GiB: ACPI tables and the like. */
    private static final long FIRMWARE_BYTES = 0x22000;

    /** Least memory that a guest can be given. */
    private static final long LEAST_BYTES = 16 * MIB;

    /** Alignment of a reservation: CRASH_ALIGN, arch/x86/kernel/setup.c, Linux 6.6. */
    private static final long CRASH_ALIGN = 16 * MIB;

    private final Chipset chipset;
    private final long lowBytes;
    private final long highBytes;

    private SyntheticLayout(Chipset chipset, long lowBytes, long highBytes) {
        this.chipset = chipset;
        this.lowBytes = lowBytes;
        this.highBytes = highBytes;
    }

    /** How a kind of machine splits its memory around the hole below 4 GiB. */
    public enum Chipset {
        /** The whole of it below the hole under 2.75 GiB; 2 GiB of more. */
        Q35(0xb0000000L - 1, 2 * GIB, 0x9fbff, FIRMWARE_BYTES),
        /** The whole of it below the hole under 3.5 GiB; 3 GiB of more. */
        I440FX(0xe0000000L - 1, 3 * GIB, 0x9fbff, FIRMWARE_BYTES),
        /** The whole of it below the hole up to 3 GiB; 3 GiB of more. There is no BIOS. */
        CLOUD_HYPERVISOR(3 * GIB, 3 * GIB, 0x9ffff, 0);

        /** Names of machine types of QEMU and its distributions. */
        private static final Pattern OF_I440FX = Pattern.compile("pc|pc-i440fx-.*|pc-[01]\\..*|rhel[56]\\..*");

        private static final Pattern OF_Q35 = Pattern.compile("q35|pc-q35-.*");

        private final long mostBelow;
        private final long belowOfMore;
        private final long conventionalEnd;
        private final long firmwareBytes;

        Chipset(long mostBelow, long belowOfMore, long conventionalEnd, long firmwareBytes) {
            this.mostBelow = mostBelow;
            this.belowOfMore = belowOfMore;
            this.conventionalEnd = conventionalEnd;
            this.firmwareBytes = firmwareBytes;
        }

        /**
         * That of a machine type of QEMU.
         *
         * @param warn hears of a type that is not known
         */
        public static Chipset of(String machineType, Consumer<GuestImport.Warning> warn) {
            if (OF_I440FX.matcher(machineType).matches()) {
                return I440FX;
            }
            if (!OF_Q35.matcher(machineType).matches()) {
                warn.accept(new GuestImport.Warning(
                        "chipset-assumed",
                        "the machine type \"%s\" is not known; it was taken for q35".formatted(machineType)));
            }
            return Q35;
        }

        /** Who lays memory out so, for a sentence. */
        String laidOutBy() {
            return this == CLOUD_HYPERVISOR ? "Cloud Hypervisor does" : "QEMU and SeaBIOS do";
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
                ? new SyntheticLayout(chipset, bytes, 0)
                : new SyntheticLayout(chipset, chipset.belowOfMore, bytes - chipset.belowOfMore);
    }

    /** Its ranges, ascending. */
    List<InstalledRange> systemRam() {
        var ranges = new ArrayList<InstalledRange>();
        ranges.add(online(new PhysicalRange(FIRST_BYTE, chipset.conventionalEnd)));
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
        return lowBytes - chipset.firmwareBytes - 1;
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
