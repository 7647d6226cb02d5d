package io.crashplug.elfcore;

/** The kernel's error numbers that building or loading a header can end with (include/uapi/asm-generic/errno-base.h, Linux 6.6). */
public enum Errno {
    ENOMEM(12),
    EINVAL(22),
    EADDRNOTAVAIL(99);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The positive number; kernel functions return it negated. */
    public int number() {
        return number;
    }
}
