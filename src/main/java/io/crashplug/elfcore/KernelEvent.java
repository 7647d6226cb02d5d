package io.crashplug.elfcore;

/** What the kernel's crash hotplug handler is told, after {@code KEXEC_CRASH_HP_*} (include/linux/kexec.h, Linux 6.6). */
public enum KernelEvent {
    CPU,
    MEMORY;

    /** The one event that stands for both when a change set raises several: memory before CPU. */
    public KernelEvent and(KernelEvent other) {
        return this == MEMORY ? this : other;
    }
}
