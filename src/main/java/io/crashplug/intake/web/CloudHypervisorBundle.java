package io.crashplug.intake.web;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.GuestImport;
import io.crashplug.intake.HypervisorFacts;
import io.crashplug.intake.SyntheticLayout.Chipset;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Cloud Hypervisor answers to {@code vm.info}. */
@Schema(name = "CloudHypervisorImport")
record CloudHypervisorBundle(
        @Schema(allowableValues = ImportSource.Name.CLOUD_HYPERVISOR, requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        @Nullable
        String source,

        @Schema(description = "For a new machine") @Nullable String name,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Map<String, String> labels,

        @Nullable KernelProfile profile,
        @Nullable String kernelRelease,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "What the guest reserves for a crash kernel below 4 GiB; nothing where left out")
        @Nullable
        Long crashKernelBytes,

        @Schema(
                types = {"object"},
                implementation = Object.class,
                description = "The answer as it is; config.cpus and config.memory are read")
        JsonNode vmInfo)
        implements HypervisorDocument {

    CloudHypervisorBundle {
        ImportSource.CLOUD_HYPERVISOR.require(source);
        labels = Descriptions.labels(labels);
        InvalidField.required(vmInfo, "vmInfo");
    }

    @Override
    public ImportSource from() {
        return ImportSource.CLOUD_HYPERVISOR;
    }

    @Override
    public HypervisorFacts facts() {
        var config = new JsonFields(vmInfo, "vmInfo").object("config");
        var cpus = config.object("cpus");
        int possible = (int) cpus.number("max_vcpus", 1, CpuId.MAX + 1L);
        var memory = config.object("memory");
        var warnings = new ArrayList<GuestImport.Warning>();
        long plugged = plugged(memory);
        if (plugged > 0) {
            warnings.add(new GuestImport.Warning(
                    "device-address-unknown",
                    "%d bytes are plugged beside the memory it boots with; where they lie is not told, so they are left out"
                            .formatted(plugged)));
        }
        return new HypervisorFacts(
                "Cloud Hypervisor",
                name,
                "",
                CpuSet.first(possible),
                CpuSet.first((int) cpus.number("boot_vcpus", 1, possible)),
                Chipset.CLOUD_HYPERVISOR,
                booted(memory),
                List.of(),
                null,
                warnings);
    }

    /** Zones take the place of the size, which is 0 then. */
    private static long booted(JsonFields memory) {
        long bytes = memory.number("size", 0, Long.MAX_VALUE >> 8);
        for (var zone : memory.list("zones")) {
            bytes += zone.number("size", 0, Long.MAX_VALUE >> 8);
        }
        return bytes;
    }

    private static long plugged(JsonFields memory) {
        long bytes = memory.numberOr("hotplugged_size", 0, Long.MAX_VALUE >> 8);
        for (var zone : memory.list("zones")) {
            bytes += zone.numberOr("hotplugged_size", 0, Long.MAX_VALUE >> 8);
        }
        return bytes;
    }
}
