package io.crashplug.machine.web;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.Kernel;
import io.crashplug.machine.Machine;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine's memory on the wire. */
@Schema(name = "Memory")
public record MemoryJson(
        @Schema(description = "Ranges without overlap, in any order; answered in ascending order")
        List<SystemRamJson> systemRam,

        @Schema(description = "crashk_res; null without a reservation") @Nullable
        RangeJson crashKernel,

        @Schema(description = "crashk_low_res") @Nullable RangeJson crashKernelLow,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, description = "crashk_cma_ranges")
        List<RangeJson> crashKernelCma,

        @Schema(description = "The vmcoreinfo note; address 0 where it is not known") @Nullable
        VmcoreinfoJson vmcoreinfo) {

    /** Where the vmcoreinfo note lies, on the wire. */
    @Schema(name = "Vmcoreinfo")
    record VmcoreinfoJson(
            HexAddress address,

            @Schema(defaultValue = "4132", minimum = "0") @Nullable
            Long sizeBytes) {

        VmcoreinfoJson {
            InvalidField.required(address, "address");
            sizeBytes = InvalidField.between(0, Long.MAX_VALUE, sizeBytes, Vmcoreinfo.SIZE_BYTES, "sizeBytes");
        }
    }

    private static final int MAX_CMA_RANGES = 64;

    public MemoryJson {
        InvalidField.required(systemRam, "systemRam");
        systemRam = InvalidField.items(systemRam, Integer.MAX_VALUE, "systemRam");
        crashKernelCma = InvalidField.items(crashKernelCma, MAX_CMA_RANGES, "crashKernelCma");
    }

    static MemoryJson of(Machine machine, InstalledMemory memory) {
        var crashKernel = machine.crashKernel();
        var vmcoreinfo = machine.kernel().vmcoreinfo();
        return new MemoryJson(
                memory.ranges().stream().map(SystemRamJson::of).toList(),
                RangeJson.ofNullable(crashKernel.high()),
                RangeJson.ofNullable(crashKernel.low()),
                crashKernel.cma().stream().map(RangeJson::of).toList(),
                vmcoreinfo == null
                        ? null
                        : new VmcoreinfoJson(new HexAddress(vmcoreinfo.address()), vmcoreinfo.sizeBytes()));
    }

    /** The memory; it must lie below what the kernel can address. */
    public InstalledMemory memory(Kernel kernel) {
        for (int i = 0; i < systemRam.size(); i++) {
            var range = systemRam.get(i).range().range();
            if (!kernel.canAddress(range)) {
                throw new InvalidField(
                        "memory/systemRam/" + i,
                        "%s lies above the %d physical address bits".formatted(range, kernel.physicalAddressBits()));
            }
        }
        return InstalledMemory.of(systemRam.stream().map(SystemRamJson::range).toList());
    }

    public CrashKernel reservations() {
        return new CrashKernel(
                crashKernel == null ? null : crashKernel.range(),
                crashKernelLow == null ? null : crashKernelLow.range(),
                crashKernelCma.stream().map(RangeJson::range).toList());
    }

    @Nullable
    public Vmcoreinfo note() {
        return vmcoreinfo == null
                ? null
                : new Vmcoreinfo(
                        vmcoreinfo.address().value(), InvalidField.required(vmcoreinfo.sizeBytes(), "sizeBytes"));
    }
}
