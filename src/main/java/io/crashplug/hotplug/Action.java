package io.crashplug.hotplug;

/** What one change of a change set does. Plugging and onlining are two things in Linux; the header follows the second. */
public enum Action {
    ADD_CPU,
    REMOVE_CPU,
    ONLINE_CPU,
    OFFLINE_CPU,
    ADD_MEMORY,
    REMOVE_MEMORY,
    ONLINE_MEMORY,
    OFFLINE_MEMORY
}
