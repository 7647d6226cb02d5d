package io.crashplug.capacity;

import static io.crashplug.capacity.Words.count;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.PhdrSlots;
import org.jspecify.annotations.Nullable;

/**
 * The header of a layout, and what ends its growth. A range takes one slot. A possible CPU takes one too, whether or not
 * it is present, so plugging it takes none.
 *
 * @param possible how many CPUs are possible
 * @param present how many of them are present
 */
public record HeaderGrowth(KernelProfile profile, int possible, int present, ElfCoreHeader header) {

    /** The largest number that e_phnum states; the next one, PN_XNUM, says that it stands elsewhere. */
    private static final int MAX_PHNUM = Elf64Ehdr.PN_XNUM - 1;

    /** Program headers that the kernel makes room for. */
    public PhdrSlots slots() {
        return header.phdrSlots();
    }

    int absent() {
        return possible - present;
    }

    /** Until the header takes another page. */
    Limit nextPage() {
        long free = slots().freeIn(header.elfsz());
        return ofSlots(
                header.elfsz(),
                "elfsz %d is for %s program headers and %s are counted; the range after the next %s makes elfsz %d"
                        .formatted(
                                header.elfsz(),
                                count(PhdrSlots.in(header.elfsz()).count()),
                                count(slots().count()),
                                count(free),
                                new PhdrSlots(slots().count() + free + 1).elfsz()));
    }

    /** Until the header is larger than a segment of {@code memsz} bytes, unsigned. */
    Limit memsz(long memsz) {
        long free = slots().freeIn(memsz);
        return ofSlots(
                memsz,
                free < 0
                        ? "memsz %s is for %s program headers, %s too few"
                                .formatted(
                                        Long.toUnsignedString(memsz),
                                        count(PhdrSlots.in(memsz).count()),
                                        count(-free))
                        : "memsz %s is for %s program headers; %s more ranges fit%s"
                                .formatted(
                                        Long.toUnsignedString(memsz),
                                        count(PhdrSlots.in(memsz).count()),
                                        count(free),
                                        Words.asModules(free)));
    }

    /**
     * Until e_phnum cannot state the number of program headers. It counts those that are written. As Linux does: nothing
     * checks it at a rebuild, and the stored number wraps.
     *
     * @param memsz the limit of the header's segment, null without one
     */
    Limit phnum(@Nullable Limit memsz) {
        long free = (long) MAX_PHNUM - header.phdrCount();
        long more = Math.max(0, free);
        return new Limit(
                MAX_PHNUM,
                free,
                more,
                profile.listedCpus().listsAbsent() ? absent() : (int) Math.min(absent(), more),
                possibleWith(more),
                "e_phnum states up to %s program headers (PN_XNUM - 1) and %s are written; %s more ranges%s"
                        .formatted(
                                count(MAX_PHNUM),
                                count(header.phdrCount()),
                                count(more),
                                memsz != null && memsz.moreRanges() < more
                                        ? ", practically out of reach: memsz ends after %s of them"
                                                .formatted(count(memsz.moreRanges()))
                                        : ""));
    }

    private Limit ofSlots(long sizeBytes, String detail) {
        long free = slots().freeIn(sizeBytes);
        boolean anyCpu = free >= 0 || profile.listedCpus().listsAbsent();
        return new Limit(
                PhdrSlots.in(sizeBytes).count(),
                free,
                Math.max(0, free),
                anyCpu ? absent() : 0,
                possibleWith(Math.max(0, free)),
                detail);
    }

    /** No x86_64 kernel is built for more CPUs than that, whatever room there is. */
    private long possibleWith(long room) {
        return Math.min(room, CpuId.MAX + 1L - possible);
    }
}
