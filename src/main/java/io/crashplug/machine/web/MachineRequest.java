package io.crashplug.machine.web;

import io.crashplug.machine.Exactness;
import io.crashplug.machine.Layout;
import io.crashplug.machine.NewMachine;
import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** A machine to create. What is left out has its default; see the fields. */
@Schema(name = "NewMachine")
record MachineRequest(
        @Schema(pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", example = "vm-17")
        String name,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Map<String, String> labels,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, maxLength = Descriptions.MAX_DESCRIPTION_LENGTH)
        String description,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        KernelJson kernel,

        CpusJson cpus,
        MemoryJson memory) {

    MachineRequest {
        Descriptions.name(name);
        labels = Descriptions.labels(labels);
        description = Descriptions.description(description);
        kernel = kernel == null ? KernelJson.DEFAULT : kernel;
        InvalidField.required(cpus, "cpus");
        InvalidField.required(memory, "memory");
        if (memory.systemRam().isEmpty()) {
            throw new InvalidField("memory/systemRam", "a machine has at least one range of System RAM");
        }
    }

    /**
     * The machine's facts.
     *
     * @throws io.crashplug.problem.ProblemException if the layout is impossible
     */
    NewMachine facts() {
        var note = memory.note();
        var facts = kernel.kernel(note);
        try {
            return new NewMachine(
                    name,
                    labels,
                    description,
                    facts,
                    new Layout(cpus.cpus(), memory.memory(facts)),
                    cpus.notes(),
                    cpus.noteSizeBytes(),
                    memory.reservations(),
                    kernel.isExact() && note != null && cpus.isExact() ? Exactness.EXACT : Exactness.RANGES_ONLY);
        } catch (InvalidField e) {
            throw Problem.invalid("/" + e.field(), e.detail()).toException();
        }
    }
}
