package io.crashplug.capacity;

/**
 * The most ranges that one change set can add so that the header in force describes them.
 *
 * @param limitedBy what allows no more
 */
public record LargestChange(int ranges, LimitedBy limitedBy) {

    /** What limits a change. */
    public enum LimitedBy {
        /** A change set has at most 1,000 changes. */
        CHANGE_SET,
        /** The header's segment. */
        MEMSZ,
        /** The 16 bits of e_phnum. */
        PHNUM,
        /** The kernel does not rewrite the header of this image. */
        NOT_REWRITTEN
    }
}
