package io.crashplug.machine;

/** How far the facts of a machine are known, and so whether its header can equal the guest's byte for byte. */
public enum Exactness {
    /** Profile, page offset, kernel text, vmcoreinfo and every possible CPU's notes were given. */
    EXACT,
    /** The ranges were given, some other fact was not and has its default. */
    RANGES_ONLY,
    /** The layout was invented from counts, for trials and planning. */
    SYNTHETIC
}
