package io.crashplug.intake.web;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.HypervisorFacts;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What QEMU answers over QMP. */
@Schema(name = "QmpImport")
record QmpBundle(
        @Schema(allowableValues = ImportSource.Name.QMP, requiredMode = Schema.RequiredMode.NOT_REQUIRED) @Nullable
        String source,

        @Schema(description = "For a new machine") @Nullable String name,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Map<String, String> labels,

        @Nullable KernelProfile profile,
        @Nullable String kernelRelease,

        @Schema(
                description = "As -machine names it; a new machine is laid out so. A q35 where left out",
                example = "pc-q35-7.2")
        @Nullable
        String machineType,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "What the guest reserves for a crash kernel below 4 GiB; nothing where left out")
        @Nullable
        Long crashKernelBytes,

        @Schema(
                types = {"object"},
                implementation = Object.class,
                description = "The answers to query-memory-devices, query-hotpluggable-cpus, query-cpus-fast and"
                        + " query-memory-size-summary, as far as there are any, each as QEMU gave it: with or without return"
                        + " and id")
        JsonNode replies)
        implements HypervisorDocument {

    QmpBundle {
        ImportSource.QMP.require(source);
        labels = Descriptions.labels(labels);
        InvalidField.required(replies, "replies");
        InvalidField.text(machineType, "", 64, "machineType");
    }

    @Override
    public ImportSource from() {
        return ImportSource.QMP;
    }

    @Override
    public HypervisorFacts facts() {
        return new QmpReplies(replies).facts(name, machineType == null ? "q35" : machineType);
    }
}
