package io.crashplug.header.web;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.PreviewHeader;
import io.crashplug.machine.LargestMachine;
import io.crashplug.machine.Layout;
import io.crashplug.machine.web.CpusJson;
import io.crashplug.machine.web.KernelJson;
import io.crashplug.machine.web.MemoryJson;
import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A guest whose header is to be built without storing it. */
@Schema(name = "PreviewElfcorehdr", description = "kernel, cpus and memory as of a machine; systemRam may be empty.")
record PreviewRequest(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        KernelJson kernel,

        CpusJson cpus,
        MemoryJson memory,

        @Schema(
                minimum = "0",
                maximum = "8191",
                description = "RFC_V2 leaves out the CPU that goes offline; it need not be present")
        @Nullable
        Integer removingCpu,

        @Schema(minimum = "0", description = "The segment the header is meant for; too small a one is refused")
        @Nullable
        Long memszBytes) {

    PreviewRequest {
        kernel = kernel == null ? KernelJson.DEFAULT : kernel;
        InvalidField.required(cpus, "cpus");
        InvalidField.required(memory, "memory");
        if (removingCpu != null) {
            int number = removingCpu;
            InvalidField.reading("removingCpu", () -> new CpuId(number));
        }
        InvalidField.between(0, Long.MAX_VALUE, memszBytes, 0, "memszBytes");
    }

    Elfcorehdr preview(LargestMachine largest) {
        var note = memory.note();
        var facts = kernel.kernel(note);
        try {
            var known = cpus.cpus();
            var layout = new Layout(known, memory.memory(facts));
            largest.require(layout);
            var inputs = new HeaderInputs(
                    known.possible(),
                    known.present(),
                    cpus.notes(),
                    cpus.noteSizeBytes(),
                    note == null ? Vmcoreinfo.UNKNOWN : note,
                    facts.text(),
                    facts.pageOffset(),
                    layout.memory().asListed(),
                    memory.reservations());
            var removing = removingCpu == null ? CpuSet.NONE : CpuSet.of(List.of(new CpuId(removingCpu)));
            return PreviewHeader.of(facts.profile(), inputs, removing, memszBytes);
        } catch (InvalidField e) {
            throw Problem.invalid("/" + e.field(), e.detail()).toException();
        }
    }
}
