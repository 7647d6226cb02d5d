package io.crashplug.header;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.problem.NotBuildable;
import io.crashplug.problem.TooLarge;
import org.jspecify.annotations.Nullable;

/** Builds headers of guests that are not stored. */
public final class PreviewHeader {

    private PreviewHeader() {}

    /**
     * The header that a kernel would build.
     *
     * @param removing CPUs that are going offline, which RFC v2 leaves out
     * @param memszBytes size of the segment it is meant for, unsigned; null for none
     * @throws io.crashplug.problem.ProblemException elfcorehdr-not-buildable, or elfcorehdr-too-large for that segment
     */
    public static Elfcorehdr of(
            KernelProfile profile, HeaderInputs inputs, CpuSet removing, @Nullable Long memszBytes) {
        var build = ElfCoreHeader.build(profile, inputs, removing);
        if (build instanceof HeaderBuild.NotBuildable failure) {
            throw NotBuildable.problem(failure.errno().name()).toException();
        }
        var header = ((HeaderBuild.Built) build).header();
        if (memszBytes != null && Long.compareUnsigned(header.elfsz(), memszBytes) > 0) {
            throw TooLarge.problem(header.elfsz(), memszBytes).toException();
        }
        return new Elfcorehdr(
                "elfcorehdr-preview",
                SegmentContent.of(header.bytes(), header.elfsz()),
                header.phdrCount(),
                DecodedHeader.parse(header.bytes(), header.phdrCount()),
                Descriptions.of(profile.listedCpus().of(inputs, removing), CpuSet.NONE, inputs.notes(), inputs.text()),
                memszBytes == null ? null : SegmentContent.of(header.bytes(), memszBytes),
                header.phdrSlots(),
                null,
                null);
    }
}
