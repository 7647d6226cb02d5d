package io.crashplug.elfcore;

import org.jspecify.annotations.Nullable;

/**
 * Everything a header is built from, as the kernel finds it at that moment.
 *
 * @param possible CPUs that may ever appear; they decide the header's size on every kernel
 * @param present CPUs plugged in
 * @param notes where the CPUs' notes lie
 * @param noteSizeBytes size of one CPU's notes, the same for all; may be 0
 * @param vmcoreinfo the kernel's description of itself
 * @param text the kernel's own mapping; null for a header without one
 * @param pageOffset PAGE_OFFSET, where the direct map of physical memory begins, unsigned
 * @param systemRam System RAM as /proc/iomem lists it
 * @param crashKernel what is left out of the dump
 */
public record HeaderInputs(
        CpuSet possible,
        CpuSet present,
        CrashNotes notes,
        long noteSizeBytes,
        Vmcoreinfo vmcoreinfo,
        @Nullable KernelText text,
        long pageOffset,
        CrashMemory systemRam,
        CrashKernel crashKernel) {

    public HeaderInputs {
        if (noteSizeBytes < 0) {
            throw new IllegalArgumentException("notes of %d bytes are none".formatted(noteSizeBytes));
        }
    }
}
