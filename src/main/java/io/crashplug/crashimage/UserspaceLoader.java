package io.crashplug.crashimage;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KexecFlag;
import io.crashplug.elfcore.KexecSegment;
import io.crashplug.elfcore.LoadPath;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.elfcore.SegmentList;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * kexec_load: userspace hands finished segments over.
 *
 * @param flags names of the flags, also of such as the kernel does not know
 */
public record UserspaceLoader(List<String> flags, List<Segment> segments) implements ImageLoader {

    /**
     * A segment as it was handed over.
     *
     * @param known its first bytes, all {@code bufsz} of them or fewer
     * @param sha256 what its bytes hash to; null if that is not known
     */
    public record Segment(
            KexecSegment segment,
            HeaderBytes known,
            @Nullable String sha256) {

        SegmentContent content() {
            return new SegmentContent(known, segment.bufsz(), segment.memsz());
        }
    }

    @Override
    public PreparedImage prepare(Machine machine, Layout layout, PhysicalRange crashKernel) {
        var kernel = machine.kernel();
        var list = segments.stream().map(Segment::segment).toList();
        var refusal =
                new SegmentList(list).check(kernel.physicalAddressBits(), kernel.totalRamPages(layout), crashKernel);
        if (refusal != null) {
            throw ImageLoader.refused(refusal);
        }
        var known = knownFlags(flags, kernel.profile());
        var contents = segments.stream().map(Segment::content).toList();
        var armed = new ArmedImage(LoadPath.KEXEC_LOAD, known, list, contents, -1, false);
        var sums = new ArrayList<@Nullable String>();
        segments.forEach(segment -> sums.add(segment.sha256()));
        return new PreparedImage(armed, flags, sums, 0, leftOut(armed), header(armed));
    }

    /** Those of the flags that the profile acts on. Unlike Linux (ADR 7), which answers -EINVAL to the others. */
    static Set<KexecFlag> knownFlags(List<String> flags, KernelProfile profile) {
        return flags.stream()
                .flatMap(name -> KexecFlag.named(name).stream())
                .filter(profile.knownFlags()::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Userspace computes the digest, and spares the header only where it asked the kernel to rewrite it. */
    private static int leftOut(ArmedImage armed) {
        boolean mayBeRewritten = armed.flags().stream().anyMatch(KexecFlag::isAboutHotplug);
        return mayBeRewritten ? armed.elfcorehdrIndex().orElse(-1) : -1;
    }

    private static PreparedImage.@Nullable PreparedHeader header(ArmedImage armed) {
        var index = armed.elfcorehdrIndex();
        if (index.isEmpty()) {
            return null;
        }
        var segment = armed.segments().get(index.getAsInt());
        var content = armed.contents().get(index.getAsInt());
        int length =
                content.isComplete() ? (int) segment.bufsz() : content.known().length();
        var bytes = content.first(length);
        return new PreparedImage.PreparedHeader(null, length, phdrCount(bytes), bytes.sha256(), null);
    }

    private static int phdrCount(HeaderBytes bytes) {
        try {
            return DecodedHeader.parse(bytes).phdrs().size();
        } catch (NotAnElfCoreHeader e) {
            return 0;
        }
    }
}
