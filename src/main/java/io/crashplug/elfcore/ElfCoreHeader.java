package io.crashplug.elfcore;

/**
 * A newly built elfcorehdr, as {@code crash_prepare_elf64_headers()} leaves it in its buffer (kernel/crash_core.c, Linux
 * 6.6).
 */
public final class ElfCoreHeader {

    private final HeaderBytes bytes;
    private final int phdrCount;
    private final PhdrSlots phdrSlots;
    private final int memoryRanges;
    private final BuildInputs builtFrom;

    private ElfCoreHeader(HeaderWriter writer, BuildInputs inputs) {
        var buffer = new byte[writer.elfsz()];
        writer.writeTo(buffer);
        bytes = HeaderBytes.owning(buffer);
        phdrCount = writer.phdrCount();
        phdrSlots = writer.phdrSlots();
        memoryRanges = writer.memoryRanges();
        builtFrom = inputs;
    }

    /** The header by the rules of one kernel, with no CPU going offline. */
    public static HeaderBuild build(KernelProfile profile, HeaderInputs inputs) {
        return build(profile, inputs, CpuSet.NONE);
    }

    /**
     * The header by the rules of one kernel.
     *
     * @param goingOffline CPUs that RFC v2 leaves out of this one header; other kernels do not look at it
     * @return {@link HeaderBuild.NotBuildable} with ENOMEM if there is no System RAM
     */
    public static HeaderBuild build(KernelProfile profile, HeaderInputs inputs, CpuSet goingOffline) {
        return build(
                profile, inputs, goingOffline, inputs.systemRam().count() + profile.spareSlots(inputs.crashKernel()));
    }

    /** As {@link #build(KernelProfile, HeaderInputs, CpuSet)}, with a range array of {@code capacity} slots. */
    static HeaderBuild build(KernelProfile profile, HeaderInputs inputs, CpuSet goingOffline, int capacity) {
        var memory = DumpedMemory.of(profile, inputs, capacity);
        if (memory == null) {
            return new HeaderBuild.NotBuildable(Errno.ENOMEM);
        }
        var cpus = profile.listedCpus().of(inputs, goingOffline);
        return new HeaderBuild.Built(new ElfCoreHeader(
                new HeaderWriter(inputs, cpus, memory), new BuildInputs(profile, inputs, goingOffline)));
    }

    public HeaderBytes bytes() {
        return bytes;
    }

    /** The header's size in bytes, a multiple of 4096. */
    public int elfsz() {
        return bytes.length();
    }

    /** Program headers emitted; e_phnum holds this modulo 65,536. */
    public int phdrCount() {
        return phdrCount;
    }

    /** Program headers that the kernel made room for: one for each possible CPU and range, vmcoreinfo and kernel text. */
    public PhdrSlots phdrSlots() {
        return phdrSlots;
    }

    /** What gives the same header again. */
    public BuildInputs builtFrom() {
        return builtFrom;
    }

    /** Ranges of System RAM that were left after the exclusions. */
    public int memoryRanges() {
        return memoryRanges;
    }
}
