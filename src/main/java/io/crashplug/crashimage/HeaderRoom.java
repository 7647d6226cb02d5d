package io.crashplug.crashimage;

import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.SegmentContent;
import jakarta.persistence.Embeddable;

/**
 * The room that a segment has for the header of the present layout, kept so that a fleet can be asked for it.
 *
 * @param phdrs program header slots that fit beyond the header's; negative for as many too many
 * @param memszBytes size of the segment, unsigned
 * @param elfszBytes size of a rebuild of the layout
 */
@Embeddable
public record HeaderRoom(long phdrs, long memszBytes, int elfszBytes) {

    static HeaderRoom of(ElfCoreHeader rebuild, SegmentContent content) {
        return new HeaderRoom(rebuild.phdrSlots().freeIn(content.memszBytes()), content.memszBytes(), rebuild.elfsz());
    }
}
