package io.crashplug.intake;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.Vmcoreinfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a guest told of itself; null for what it did not tell.
 *
 * @param name of a new machine; may be null where one that exists is meant
 * @param possible CPUs that may ever appear
 * @param notes addresses of the notes it named
 * @param noteSizeBytes size of one CPU's notes
 * @param crashElfcorehdrSizeBytes what /sys/kernel/crash_elfcorehdr_size reads
 * @param crashHotplugGiven whether it told of the crash_hotplug files at all
 * @param cpuHotplugPermitted what the CPUs' file reads; null where there is none
 * @param memoryHotplugPermitted what the memory's file reads; null where there is none
 * @param kexecCrashLoaded whether a crash image is loaded
 * @param elfcorehdr its present header
 */
public record GuestFacts(
        @Nullable String name,
        Map<String, String> labels,
        String description,
        @Nullable KernelProfile profile,
        String kernelRelease,
        IomemListing iomem,
        @Nullable CpuSet possible,
        @Nullable CpuSet present,
        @Nullable CpuSet online,
        Map<CpuId, Long> notes,
        @Nullable Long noteSizeBytes,
        @Nullable Vmcoreinfo vmcoreinfo,
        @Nullable Long pageOffset,
        @Nullable KernelText text,
        @Nullable Long crashElfcorehdrSizeBytes,
        @Nullable Integer nrCpusDefault,
        @Nullable Integer crashMaxMemoryRanges,
        @Nullable Boolean cpuHotplugPermitted,
        @Nullable Boolean memoryHotplugPermitted,
        boolean crashHotplugGiven,
        @Nullable Boolean kexecCrashLoaded,
        @Nullable HeaderFacts elfcorehdr) {

    /** What a listing, the CPUs and perhaps a header tell, without anything else of the kernel but its release. */
    public static GuestFacts ofListing(
            String name,
            Map<String, String> labels,
            String description,
            @Nullable KernelProfile profile,
            String kernelRelease,
            IomemListing iomem,
            @Nullable CpuSet possible,
            @Nullable CpuSet present,
            @Nullable HeaderFacts elfcorehdr) {
        return new GuestFacts(
                name,
                labels,
                description,
                profile,
                kernelRelease,
                iomem,
                possible,
                present,
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                elfcorehdr);
    }
}
