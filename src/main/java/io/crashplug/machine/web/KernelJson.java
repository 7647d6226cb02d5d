package io.crashplug.machine.web;

import io.crashplug.elfcore.KernelConfig;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.machine.Kernel;
import io.crashplug.machine.Layout;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A machine's kernel on the wire. */
@Schema(name = "Kernel")
public record KernelJson(
        @Schema(defaultValue = "LINUX_6_9", description = "Whose rules apply; never derived from release here.")
        @Nullable
        KernelProfile profile,

        @Schema(maxLength = 255, example = "6.12.95+deb12-amd64") @Nullable
        String release,

        @Schema(defaultValue = "64", description = "CONFIG_NR_CPUS_DEFAULT") @Nullable
        Integer nrCpusDefault,

        @Schema(defaultValue = "8192", description = "CONFIG_CRASH_MAX_MEMORY_RANGES") @Nullable
        Integer crashMaxMemoryRanges,

        @Schema(defaultValue = "true", description = "CONFIG_MEMORY_HOTPLUG; decides the segment's size") @Nullable
        Boolean memoryHotplug,

        @Schema(defaultValue = "131072", description = "CONFIG_CRASH_HOTPLUG_ELFCOREHDR_SZ of RFC_V2") @Nullable
        Long elfcorehdrSizeBytes,

        @Schema(description = "PAGE_OFFSET; 0xffff888000000000 where left out") @Nullable
        HexAddress pageOffset,

        @Schema(description = "Without it the header has no kernel-text segment") @Nullable
        KernelTextJson text,

        @Schema(
                defaultValue = "46",
                minimum = "32",
                maximum = "52",
                description = "46 or 52: 4-level or 5-level paging")
        @Nullable
        Integer physicalAddressBits,

        @Schema(minimum = "0", description = "From System RAM where left out") @Nullable
        Long totalRamPages) {

    public static final KernelJson DEFAULT = new KernelJson(null, null, null, null, null, null, null, null, null, null);

    private static final int MAX_RELEASE_LENGTH = 255;
    private static final int FEWEST_ADDRESS_BITS = 32;
    private static final long MAX_U32 = 0xffffffffL;

    public KernelJson {
        InvalidField.text(release, "", MAX_RELEASE_LENGTH, "release");
        InvalidField.between(0, Integer.MAX_VALUE, nrCpusDefault, 0, "nrCpusDefault");
        InvalidField.between(0, Integer.MAX_VALUE, crashMaxMemoryRanges, 0, "crashMaxMemoryRanges");
        InvalidField.between(0, MAX_U32, elfcorehdrSizeBytes, 0, "elfcorehdrSizeBytes");
        InvalidField.between(
                FEWEST_ADDRESS_BITS,
                Kernel.PHYSICAL_ADDRESS_BITS_5_LEVEL,
                physicalAddressBits,
                FEWEST_ADDRESS_BITS,
                "physicalAddressBits");
        InvalidField.between(0, Long.MAX_VALUE, totalRamPages, 0, "totalRamPages");
    }

    static KernelJson of(Kernel kernel, Layout layout) {
        return new KernelJson(
                kernel.profile(),
                kernel.release(),
                kernel.nrCpusDefault(),
                kernel.crashMaxMemoryRanges(),
                kernel.memoryHotplug(),
                kernel.elfcorehdrSizeBytes(),
                new HexAddress(kernel.pageOffset()),
                KernelTextJson.of(kernel.text()),
                kernel.physicalAddressBits(),
                kernel.totalRamPages(layout));
    }

    /** The kernel, with the defaults of what was left out. */
    public Kernel kernel(@Nullable Vmcoreinfo vmcoreinfo) {
        var config = KernelConfig.DEFAULT;
        return Kernel.of(
                profile == null ? KernelProfile.LINUX_6_9 : profile,
                release == null ? "" : release,
                new KernelConfig(
                        nrCpusDefault == null ? config.nrCpusDefault() : nrCpusDefault,
                        crashMaxMemoryRanges == null ? config.crashMaxMemoryRanges() : crashMaxMemoryRanges,
                        memoryHotplug == null ? config.memoryHotplug() : memoryHotplug,
                        elfcorehdrSizeBytes == null ? config.elfcorehdrSizeBytes() : elfcorehdrSizeBytes),
                pageOffset == null ? Kernel.PAGE_OFFSET_4_LEVEL : pageOffset.value(),
                text == null ? null : text.text(),
                vmcoreinfo,
                physicalAddressBits == null ? Kernel.PHYSICAL_ADDRESS_BITS_4_LEVEL : physicalAddressBits,
                totalRamPages);
    }

    /** Whether everything was given that an exact header needs of the kernel. */
    boolean isExact() {
        return profile != null && pageOffset != null && text != null;
    }
}
