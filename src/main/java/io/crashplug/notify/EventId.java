package io.crashplug.notify;

import java.util.UUID;

/**
 * Names an event among all.
 *
 * @param sequence counts up from 1 in each machine
 */
record EventId(UUID machineId, long sequence) {

    static EventId of(MachineEvent event) {
        return new EventId(event.machineId(), event.sequence());
    }

    /** As it is told. */
    @Override
    public String toString() {
        return "%s.%d".formatted(machineId, sequence);
    }
}
