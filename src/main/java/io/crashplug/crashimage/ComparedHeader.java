package io.crashplug.crashimage;

import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.PurgatoryDigest;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;

/**
 * The header in force beside a rebuild of the layout.
 *
 * @param index the header's segment
 * @param content what lies in it
 */
record ComparedHeader(
        Machine machine, Layout layout, CrashImage image, int index, SegmentContent content, ElfCoreHeader rebuild) {

    KernelProfile profile() {
        return machine.kernel().profile();
    }

    boolean fits() {
        return Long.compareUnsigned(rebuild.elfsz(), content.memszBytes()) <= 0;
    }

    /** Whether the segment holds a rebuild, with or without what is offline. */
    boolean isCurrent() {
        return fits()
                && (content.startsWith(rebuild.bytes())
                        || image.header()
                                .flatMap(inForce -> inForce.decode(content))
                                .filter(inForce -> CurrentEitherWay.holds(machine, layout, content, inForce))
                                .isPresent());
    }

    /** Whether the purgatory would find other bytes than were loaded. */
    boolean breaksDigest() {
        return image.isRewritten() && PurgatoryDigest.covers(profile().digestRule(), index, image.digestLeftOutIndex());
    }

    /** Program headers of the header in force; 0 if userspace handed over something that only begins like one. */
    int phdrCount() {
        return image.header().map(HeaderInForce::phdrCount).orElse(0);
    }

    /** How the sizes compare, as text. */
    String sizes() {
        return "elfsz %d, memsz %s".formatted(rebuild.elfsz(), Long.toUnsignedString(content.memszBytes()));
    }

    /** How the numbers of program headers compare, as text. */
    String phdrs() {
        return "it has %d program headers, a rebuild %d".formatted(phdrCount(), rebuild.phdrCount());
    }
}
