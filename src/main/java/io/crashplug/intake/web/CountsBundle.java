package io.crashplug.intake.web;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.HypervisorFacts;
import io.crashplug.intake.LayoutSource;
import io.crashplug.intake.SyntheticLayout.Chipset;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine for trials and planning, of which only amounts are given. */
@Schema(name = "CountsImport")
record CountsBundle(
        @Schema(allowableValues = ImportSource.Name.COUNTS, requiredMode = Schema.RequiredMode.NOT_REQUIRED) @Nullable
        String source,

        @Schema(pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", example = "trial-1")
        String name,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Map<String, String> labels,

        @Nullable KernelProfile profile,
        @Nullable String kernelRelease,
        CountsJson cpus,

        @Schema(description = "Laid out as QEMU and SeaBIOS do for a q35", example = "4294967296")
        long memoryBytes,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "What the guest reserves for a crash kernel below 4 GiB; nothing where left out",
                example = "268435456")
        @Nullable
        Long crashKernelBytes)
        implements HypervisorDocument {

    /** Numbers of CPUs, which are counted from 0. */
    @Schema(name = "CpuCounts")
    record CountsJson(
            @Schema(minimum = "1", maximum = "8192", example = "8")
            int possible,

            @Schema(
                    minimum = "0",
                    maximum = "8192",
                    requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                    description = "All where left out",
                    example = "2")
            @Nullable
            Integer present) {

        CountsJson {
            InvalidField.between(1, CpuId.MAX + 1, possible, 1, "possible");
            InvalidField.between(0, possible, present, possible, "present");
        }
    }

    CountsBundle {
        ImportSource.COUNTS.require(source);
        Descriptions.name(name);
        InvalidField.required(cpus, "cpus");
        labels = Descriptions.labels(labels);
        InvalidField.between(0, Long.MAX_VALUE, crashKernelBytes, 0, "crashKernelBytes");
    }

    @Override
    public ImportSource from() {
        return ImportSource.COUNTS;
    }

    @Override
    public HypervisorFacts facts() {
        int present = cpus.present() == null ? cpus.possible() : cpus.present();
        return new HypervisorFacts(
                "the request",
                name,
                "",
                CpuSet.first(cpus.possible()),
                CpuSet.first(present),
                Chipset.Q35,
                memoryBytes,
                List.of(),
                null,
                List.of());
    }

    @Override
    public LayoutSource layout() {
        throw new InvalidField(from().field(), "counts make a machine; what an existing one has, they do not tell");
    }
}
