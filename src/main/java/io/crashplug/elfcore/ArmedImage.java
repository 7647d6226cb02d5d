package io.crashplug.elfcore;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A loaded crash image as far as hotplug is concerned: {@code struct kimage} with its crash hotplug fields
 * (include/linux/kexec.h, Linux 6.6).
 *
 * @param flags those flags of the load that the kernel knows
 * @param segments where the image's segments lie
 * @param contents what lies in them, in the same order
 * @param knownIndex {@code elfcorehdr_index}; -1 until the kernel has looked for the header
 * @param elfcorehdrUpdated whether a hotplug event has reached the image
 */
public record ArmedImage(
        LoadPath loadPath,
        Set<KexecFlag> flags,
        List<KexecSegment> segments,
        List<SegmentContent> contents,
        int knownIndex,
        boolean elfcorehdrUpdated) {

    public ArmedImage {
        flags = Set.copyOf(flags);
        segments = List.copyOf(segments);
        contents = List.copyOf(contents);
        if (segments.size() != contents.size()) {
            throw new IllegalArgumentException(
                    "%d segments with %d contents".formatted(segments.size(), contents.size()));
        }
    }

    /** Where the elfcorehdr is: the index the kernel remembers, else what a search for the ELF magic finds. */
    public OptionalInt elfcorehdrIndex() {
        int index = knownIndex >= 0 ? knownIndex : ElfMagicScan.find(contents);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The image after the handler ran, which marks it updated even when it then failed. */
    ArmedImage reachedByEvent(int index) {
        return new ArmedImage(loadPath, flags, segments, contents, index, true);
    }

    ArmedImage withContent(int index, SegmentContent content) {
        var replaced = new ArrayList<>(contents);
        replaced.set(index, content);
        return new ArmedImage(loadPath, flags, segments, replaced, knownIndex, elfcorehdrUpdated);
    }
}
