package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** The sentences of the refusals; which list is refused with which error the vectors say. */
class SegmentListTests {

    private static final long HALF_OF_MEMORY = 0x100;

    @Test
    void moreThan16AreRefused() {
        var segments = Collections.nCopies(17, segment(0, 0, 0)).toArray(KexecSegment[]::new);
        assertRefused(Errno.EINVAL, "17 segments are more than 16", segments);
    }

    @Test
    void wrappingIsRefused() {
        assertRefused(
                Errno.EADDRNOTAVAIL,
                "segment 0 (mem 0xfffffffffffff000, memsz 0x2000) wraps around the end of the address space",
                segment(-0x1000, 0x2000, 0));
    }

    @Test
    void beingOffAPageIsRefused() {
        assertRefused(
                Errno.EADDRNOTAVAIL,
                "segment 1 (mem 0x6f001000, memsz 0xfff) does not begin and end at a page",
                segment(0x6f000000, 0x1000, 0),
                segment(0x6f001000, 0xfff, 0));
    }

    @Test
    void endingAboveTheHighestAddressIsRefused() {
        assertRefused(
                Errno.EADDRNOTAVAIL,
                "segment 0 (mem 0x3ffffffff000, memsz 0x1000) ends at or above the highest address 0x3fffffffffff",
                segment(0x3ffffffff000L, 0x1000, 0));
    }

    @Test // |----|
    //          |----|
    void overlapIsRefused() {
        assertRefused(
                Errno.EINVAL,
                "segment 1 (mem 0x6f001000, memsz 0x2000) overlaps segment 0 (mem 0x6f000000, memsz 0x2000)",
                segment(0x6f000000, 0x2000, 0),
                segment(0x6f001000, 0x2000, 0));
    }

    @Test
    void holdingMoreThanReservedIsRefused() {
        assertRefused(
                Errno.EINVAL,
                "segment 0 (mem 0x6f000000, memsz 0x1000) has bufsz 18446744073709551615 > memsz 4096",
                segment(0x6f000000, 0x1000, -1));
    }

    @Test
    void moreThanHalfOfMemoryIsRefused() {
        assertRefused(
                Errno.EINVAL,
                "segment 0 (mem 0x6f000000, memsz 0x101000) takes 257 pages, more than half of memory (256)",
                segment(0x6f000000, 0x101000, 0));
    }

    @Test
    void moreThanHalfOfMemoryInAllIsRefused() {
        assertRefused(
                Errno.EINVAL,
                "the segments take 257 pages, more than half of memory (256)",
                segment(0x6f000000, 0x100000, 0),
                segment(0x6f100000, 0x1000, 0));
    }

    @Test
    void lyingOutsideTheReservationIsRefused() {
        assertRefused(
                Errno.EADDRNOTAVAIL,
                "segment 0 (mem 0x7efff000, memsz 0x2000) lies outside the crash kernel 0x6f000000-0x7effffff",
                segment(0x7efff000, 0x2000, 0));
    }

    private static KexecSegment segment(long mem, long memsz, long bufsz) {
        return new KexecSegment(mem, memsz, bufsz);
    }

    private static void assertRefused(Errno errno, String rule, KexecSegment... segments) {
        assertThat(new SegmentList(Arrays.asList(segments)).check(46, 2 * HALF_OF_MEMORY, Guests.CRASH_KERNEL))
                .isEqualTo(new SegmentList.SegmentRefusal(errno, rule));
    }
}
