package io.crashplug.machine;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashNotes;
import java.util.Map;

/** The facts a machine is made from. */
public record NewMachine(
        String name,
        Map<String, String> labels,
        String description,
        Kernel kernel,
        Layout layout,
        CrashNotes crashNotes,
        long crashNoteSizeBytes,
        CrashKernel crashKernel,
        Exactness exactness) {

    /** The same machine with other labels. */
    NewMachine labelled(Map<String, String> others) {
        return new NewMachine(
                name, others, description, kernel, layout, crashNotes, crashNoteSizeBytes, crashKernel, exactness);
    }
}
