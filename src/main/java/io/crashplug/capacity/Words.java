package io.crashplug.capacity;

import java.util.Locale;

/** Figures as people read them. */
final class Words {

    /** The smallest memory block of x86_64 (SECTION_SIZE_BITS, arch/x86/include/asm/sparsemem.h, Linux 6.6). */
    private static final long BLOCK_MIB = 128;

    private static final long MANY = 1000;
    private static final long MIB_PER_GIB = 1024;
    private static final double MIB_PER_TIB = 1024.0 * 1024;

    private Words() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** How much memory so many ranges would be at least, as a clause. */
    static String asModules(long ranges) {
        return ranges == 0
                ? ""
                : ", as modules of %d MiB %s%s"
                        .formatted(
                                BLOCK_MIB,
                                size(ranges * BLOCK_MIB),
                                ranges < MANY ? "" : ": practically out of reach for modules, which have few slots");
    }

    private static String size(long mib) {
        if (mib < MIB_PER_GIB) {
            return mib + " MiB";
        }
        return mib < MANY * MIB_PER_GIB
                ? count(mib / MIB_PER_GIB) + " GiB"
                : "about " + String.format(Locale.ROOT, "%,.1f TiB", mib / MIB_PER_TIB);
    }
}
