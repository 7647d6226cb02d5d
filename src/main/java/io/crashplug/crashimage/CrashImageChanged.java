package io.crashplug.crashimage;

import io.crashplug.machine.Machine;
import io.crashplug.security.Caller;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image was loaded or unloaded, told inside the transaction so that the history can keep it.
 *
 * @param memszBytes size of the header's segment; null where there is no header
 * @param before the header that was in force, null for none
 * @param after the header that is in force, null for none
 * @param took how long it took so far
 */
public record CrashImageChanged(
        Machine machine,
        Kind kind,
        String detail,
        @Nullable Long memszBytes,
        @Nullable HeaderInForce before,
        @Nullable HeaderInForce after,
        Caller caller,
        Instant at,
        Duration took) {

    /** What happened to the image. */
    public enum Kind {
        LOADED,
        UNLOADED
    }
}
