package io.crashplug.elfcore;

import java.util.Arrays;
import java.util.Optional;

/** Flags of kexec_load(2) that bear on a crash image (include/uapi/linux/kexec.h, Linux 6.6). */
public enum KexecFlag {
    /** The image is for a crash: it goes into the reserved memory. */
    KEXEC_ON_CRASH(1),
    /** The elfcorehdr segment may be rewritten in place; since Linux 6.6. */
    KEXEC_UPDATE_ELFCOREHDR(4),
    /** Every segment that hotplug touches may be rewritten in place; since Linux 6.10. */
    KEXEC_CRASH_HOTPLUG_SUPPORT(8);

    private final int bit;

    KexecFlag(int bit) {
        this.bit = bit;
    }

    public int bit() {
        return bit;
    }

    /** Whether the flag lets the kernel rewrite segments on hotplug. */
    public boolean isAboutHotplug() {
        return this != KEXEC_ON_CRASH;
    }

    /** The flag of that name, if it is one of these. */
    public static Optional<KexecFlag> named(String name) {
        return Arrays.stream(values()).filter(flag -> flag.name().equals(name)).findFirst();
    }
}
