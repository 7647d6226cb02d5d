package io.crashplug.speed;

import java.util.UUID;

/** A machine of the floor, which counts the events it has seen since the recording began. */
final class FloorMachine {

    private final UUID id;
    private final String name;
    private long events;

    FloorMachine(UUID id, String name) {
        this.id = id;
        this.name = name;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    /** How often memory was plugged in and taken out again. */
    long pairs() {
        return events / 2;
    }

    /** Whether the next event takes memory out. */
    boolean isPlugged() {
        return events % 2 == 1;
    }

    void seen() {
        events++;
    }
}
