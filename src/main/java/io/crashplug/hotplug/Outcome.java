package io.crashplug.hotplug;

/** How a change set, or a load, ended. */
public enum Outcome {
    /** The header was rebuilt and its bytes changed. */
    REBUILT,
    /** No kernel event, an event that the kernel skips, or equal bytes. */
    UNCHANGED,
    /** No crash image is loaded. */
    NO_IMAGE,
    /** The image must not be rewritten in place. */
    NOT_PERMITTED,
    /** No segment holds an elfcorehdr. */
    NO_ELFCOREHDR,
    /** The rebuilt header is larger than its segment; the layout changed, the old header stays. */
    DOES_NOT_FIT,
    /** No header can be built for the layout, which changed; the old header stays. */
    NOT_BUILDABLE,
    /** Nothing changed but the history. */
    REFUSED,
    /** A crash image was loaded. */
    LOADED,
    /** The crash image was unloaded. */
    UNLOADED
}
