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

    /** The same machine, known otherwise. */
    public NewMachine with(Exactness other) {
        return new NewMachine(
                name, labels, description, kernel, layout, crashNotes, crashNoteSizeBytes, crashKernel, other);
    }
}
