package io.crashplug.intake.web;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.GuestImport;
import io.crashplug.intake.HypervisorFacts;
import io.crashplug.intake.HypervisorImport;
import io.crashplug.intake.NoReservation;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.web.InvalidField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the documents of hypervisors have in common. */
final class ImportFields {

    private static final int MAX_RELEASE_LENGTH = 255;

    private ImportFields() {}

    /** Refuses another source than the one that the other fields tell of. */
    static void source(@Nullable String source, String expected) {
        if (source != null && !source.equals(expected)) {
            throw new InvalidField(
                    "source", "\"%s\" is not the source of these fields, which is \"%s\"".formatted(source, expected));
        }
    }

    /** Checks what stands beside what the hypervisor tells. */
    static HypervisorImport.Beside beside(
            @Nullable String name,
            @Nullable Map<String, String> labels,
            @Nullable KernelProfile profile,
            @Nullable String kernelRelease,
            @Nullable Long crashKernelBytes) {
        return new HypervisorImport.Beside(
                name == null ? null : Descriptions.name(name),
                Descriptions.labels(labels),
                profile,
                InvalidField.text(kernelRelease, "", MAX_RELEASE_LENGTH, "kernelRelease"),
                crashKernelBytes == null ? 0 : crashKernelBytes);
    }

    /** A machine of what a hypervisor tells; {@code field} is blamed for what is missing in it. */
    static GuestImport.Result machine(HypervisorFacts told, HypervisorImport.Beside beside, String field) {
        try {
            return InvalidField.reading(field, () -> HypervisorImport.of(told, beside));
        } catch (NoReservation e) {
            throw new InvalidField("crashKernelBytes", String.valueOf(e.getMessage()));
        }
    }
}
