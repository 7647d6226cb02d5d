package io.crashplug.intake.web;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.GuestImport;
import io.crashplug.intake.HypervisorFacts;
import io.crashplug.intake.HypervisorImport;
import io.crashplug.intake.HypervisorLayout;
import io.crashplug.intake.LayoutSource;
import io.crashplug.intake.NoReservation;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.web.InvalidField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a hypervisor tells, and what stands beside it. */
sealed interface HypervisorDocument extends ImportDocument permits QmpBundle, CloudHypervisorBundle, CountsBundle {

    /** A new machine's name; null where one that exists is meant. */
    @Nullable
    String name();

    Map<String, String> labels();

    @Nullable
    KernelProfile profile();

    @Nullable
    String kernelRelease();

    @Nullable
    Long crashKernelBytes();

    /** What it is from. */
    ImportSource from();

    /** What is told, read. */
    HypervisorFacts facts();

    /** Checks what stands beside what the hypervisor tells. */
    default HypervisorImport.Beside beside() {
        return new HypervisorImport.Beside(
                name() == null ? null : Descriptions.name(name()),
                labels(),
                profile(),
                ImportFields.kernelRelease(kernelRelease()),
                crashKernelBytes() == null ? 0 : crashKernelBytes());
    }

    @Override
    default GuestImport.Result machine() {
        InvalidField.required(name(), "name");
        var facts = facts();
        var beside = beside();
        try {
            return InvalidField.reading(from().field(), () -> HypervisorImport.of(facts, beside));
        } catch (NoReservation e) {
            throw new InvalidField("crashKernelBytes", String.valueOf(e.getMessage()));
        }
    }

    @Override
    default LayoutSource layout() {
        // What stands beside is checked where it is not needed, too.
        beside();
        return new HypervisorLayout(facts());
    }
}
