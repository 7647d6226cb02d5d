package io.crashplug.security;

/** A kind of operations that a principal is, or is not, allowed. */
public enum Permission {
    /** Reads what happened to machines. */
    READ_HISTORY,

    /** Reads machines, images and headers, and computes without storing anything. */
    READ,

    /** Creates, changes and deletes machines and their images, and reports hotplug. */
    CHANGE,

    /** Manages who may do what, and takes out all that is stored. */
    ADMINISTER
}
