package io.crashplug.crashimage;

import io.crashplug.elfcore.BuildInputs;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.Machine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Other bytes of an elfcorehdr are in force, or none any more; told inside the transaction that changed them.
 *
 * @param at since when
 * @param header what is in force; null for none
 */
public record HeaderChanged(
        Machine machine, Instant at, @Nullable InSegment header) {

    /**
     * A header with its segment.
     *
     * @param mem where the segment lies, unsigned
     * @param content the segment's bytes, with what lies behind the header
     * @param builtFrom what gives the header again; null if userspace built it
     */
    public record InSegment(
            HeaderInForce inForce,
            long mem,
            SegmentContent content,
            @Nullable BuildInputs builtFrom) {}
}
