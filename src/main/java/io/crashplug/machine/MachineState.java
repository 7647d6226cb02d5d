package io.crashplug.machine;

import org.jspecify.annotations.Nullable;

/** A machine with what belongs to it, valid inside the transaction that read it. */
public record MachineState(
        Machine machine, Layout layout, @Nullable CrashImageSummary crashImage) {}
