package io.crashplug.machine;

import static io.crashplug.machine.Condition.Status.False;
import static io.crashplug.machine.Condition.Status.Unknown;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.machine.Condition.Finding;
import java.util.Map;

/** What holds of a machine while no crash image is loaded. */
public final class NoImage {

    /** Stands for {@code Verified} until bytes from the guest were compared. */
    public static final Finding NOT_VERIFIED =
            new Finding(Unknown, "NotVerified", "no bytes from the guest were compared with the header in force");

    private NoImage() {}

    public static Map<Condition.Type, Finding> findings(CrashKernel crashKernel) {
        var notLoaded = new Finding(Unknown, "NotLoaded", "no crash image is loaded");
        var notReady = crashKernel.high() == null
                ? new Finding(False, "NoCrashKernel", "no memory is reserved for a crash kernel")
                : new Finding(False, "NotLoaded", "no crash image is loaded");
        return Map.of(
                Condition.Type.KdumpReady, notReady,
                Condition.Type.HeaderCurrent, notLoaded,
                Condition.Type.HeaderFits, notLoaded,
                Condition.Type.Verified, NOT_VERIFIED);
    }
}
