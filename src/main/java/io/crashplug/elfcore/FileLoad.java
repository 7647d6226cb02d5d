package io.crashplug.elfcore;

import java.util.List;
import java.util.Set;

/** kexec_file_load(2) of a crash image, as far as the elfcorehdr goes ({@code crash_load_segments()}, arch/x86/kernel/crash.c, Linux 6.6). */
public sealed interface FileLoad {

    /**
     * The image is loaded; its only segment here is the elfcorehdr, which on x86 is the first one.
     *
     * @param header the header as built
     * @param elfHeadersSizeBytes {@code image->elf_headers_sz}, not rounded to pages
     */
    record Loaded(ArmedImage image, ElfCoreHeader header, long elfHeadersSizeBytes) implements FileLoad {}

    /** No header could be built. */
    record NotBuildable(Errno errno) implements FileLoad {}

    /** The segment found no place, or breaks a rule of the segment list. */
    record Refused(SegmentList.SegmentRefusal refusal) implements FileLoad {}

    /**
     * Builds the header, sets its segment aside in the crash kernel's memory and checks it.
     *
     * @param crashKernel the reservation, {@code crashk_res}
     * @param physicalAddressBits MAX_PHYSMEM_BITS, 46 or 52
     * @param totalRamPages pages the guest has
     */
    static FileLoad load(
            KernelProfile profile,
            KernelConfig config,
            HeaderInputs inputs,
            PhysicalRange crashKernel,
            int physicalAddressBits,
            long totalRamPages) {
        var build = ElfCoreHeader.build(profile, inputs);
        if (build instanceof HeaderBuild.NotBuildable failure) {
            return new NotBuildable(failure.errno());
        }
        var header = ((HeaderBuild.Built) build).header();
        var reservation = profile.reserve(config, header);
        var segment = Placement.ofElfcorehdr(crashKernel, reservation, header);
        if (segment == null) {
            return new Refused(new SegmentList.SegmentRefusal(
                    Errno.EADDRNOTAVAIL,
                    "no room for an elfcorehdr of %d bytes in the crash kernel %s"
                            .formatted(reservation.memszBytes(), crashKernel)));
        }
        var refusal = new SegmentList(List.of(segment)).check(physicalAddressBits, totalRamPages, crashKernel);
        if (refusal != null) {
            return new Refused(refusal);
        }
        var image = new ArmedImage(
                LoadPath.KEXEC_FILE_LOAD,
                Set.of(KexecFlag.KEXEC_ON_CRASH),
                List.of(segment),
                List.of(SegmentContent.of(header.bytes(), segment.memsz())),
                reservation.indexKnown() ? 0 : -1,
                false);
        return new Loaded(image, header, reservation.elfHeadersSizeBytes());
    }
}
