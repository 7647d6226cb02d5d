package io.crashplug.hotplug;

/** What to do when the header for the new layout does not fit its segment or cannot be built. */
public enum WhenTooLarge {
    /** Unlike Linux (ADR 3): refuse the change set, for an orchestrator that asks before it plugs. */
    REFUSE,
    /** As Linux does: the layout changes and the old header stays. For what has already happened in the guest. */
    KEEP_STALE
}
