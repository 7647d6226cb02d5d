package io.crashplug.elfcore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of one image, checked as {@code sanity_check_segment_list()} does (kernel/kexec_core.c, Linux 6.6), rule by rule. */
public record SegmentList(List<KexecSegment> segments) {

    /** KEXEC_SEGMENT_MAX. */
    public static final int MAX_SEGMENTS = 16;

    public SegmentList {
        segments = List.copyOf(segments);
    }

    /**
     * Why the kernel would refuse the list, or null if it would not.
     *
     * @param physicalAddressBits MAX_PHYSMEM_BITS: 46 with 4-level paging, 52 with 5-level
     * @param totalRamPages pages the guest has; no image may take more than half
     * @param crashKernel where the segments of a crash image must lie; null for an image that is not for a crash
     */
    public @Nullable SegmentRefusal check(
            int physicalAddressBits, long totalRamPages, @Nullable PhysicalRange crashKernel) {
        if (segments.size() > MAX_SEGMENTS) {
            return new SegmentRefusal(
                    Errno.EINVAL, "%d segments are more than %d".formatted(segments.size(), MAX_SEGMENTS));
        }
        SegmentRefusal refusal = checkAddresses((1L << physicalAddressBits) - 1);
        refusal = refusal != null ? refusal : checkOverlaps();
        refusal = refusal != null ? refusal : checkBuffers();
        refusal = refusal != null ? refusal : checkSizes(totalRamPages / 2);
        return refusal != null || crashKernel == null ? refusal : checkReservation(crashKernel);
    }

    private @Nullable SegmentRefusal checkAddresses(long limit) {
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            String wrong = null;
            if (Long.compareUnsigned(segment.mem(), segment.memEnd()) > 0) {
                wrong = "wraps around the end of the address space";
            } else if (!Pages.isAligned(segment.mem()) || !Pages.isAligned(segment.memEnd())) {
                wrong = "does not begin and end at a page";
            } else if (Long.compareUnsigned(segment.memEnd(), limit) >= 0) {
                wrong = "ends at or above the highest address 0x%x".formatted(limit);
            }
            if (wrong != null) {
                return new SegmentRefusal(Errno.EADDRNOTAVAIL, describe(i) + " " + wrong);
            }
        }
        return null;
    }

    private @Nullable SegmentRefusal checkOverlaps() {
        for (int i = 0; i < segments.size(); i++) {
            for (int j = 0; j < i; j++) {
                var one = segments.get(i);
                var other = segments.get(j);
                if (Long.compareUnsigned(one.memEnd(), other.mem()) > 0
                        && Long.compareUnsigned(one.mem(), other.memEnd()) < 0) {
                    return new SegmentRefusal(Errno.EINVAL, describe(i) + " overlaps " + describe(j));
                }
            }
        }
        return null;
    }

    private @Nullable SegmentRefusal checkBuffers() {
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (Long.compareUnsigned(segment.bufsz(), segment.memsz()) > 0) {
                return new SegmentRefusal(
                        Errno.EINVAL,
                        "%s has bufsz %s > memsz %s"
                                .formatted(
                                        describe(i),
                                        Long.toUnsignedString(segment.bufsz()),
                                        Long.toUnsignedString(segment.memsz())));
            }
        }
        return null;
    }

    private @Nullable SegmentRefusal checkSizes(long mostPages) {
        long total = 0;
        for (int i = 0; i < segments.size(); i++) {
            long pages = Pages.count(segments.get(i).memsz());
            if (pages > mostPages) {
                return new SegmentRefusal(
                        Errno.EINVAL,
                        "%s takes %d pages, more than half of memory (%d)".formatted(describe(i), pages, mostPages));
            }
            total += pages;
        }
        return total <= mostPages
                ? null
                : new SegmentRefusal(
                        Errno.EINVAL,
                        "the segments take %d pages, more than half of memory (%d)".formatted(total, mostPages));
    }

    private @Nullable SegmentRefusal checkReservation(PhysicalRange crashKernel) {
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (Long.compareUnsigned(segment.mem(), crashKernel.start()) < 0
                    || Long.compareUnsigned(segment.memEnd() - 1, crashKernel.end()) > 0) {
                return new SegmentRefusal(
                        Errno.EADDRNOTAVAIL, "%s lies outside the crash kernel %s".formatted(describe(i), crashKernel));
            }
        }
        return null;
    }

    private String describe(int i) {
        var segment = segments.get(i);
        return "segment %d (mem 0x%x, memsz 0x%x)".formatted(i, segment.mem(), segment.memsz());
    }

    /**
     * A rule that the list breaks.
     *
     * @param rule the rule in words, with the segment and the numbers
     */
    public record SegmentRefusal(Errno errno, String rule) {}
}
