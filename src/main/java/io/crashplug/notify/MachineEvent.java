package io.crashplug.notify;

import java.time.Instant;
import java.util.UUID;

/**
 * One event of a machine as it is kept: written once, and never changed.
 *
 * @param sequence counts up from 1 in each machine, without a gap
 * @param machineName what the machine was called then
 * @param data what is told of it, a JSON object
 */
public record MachineEvent(UUID machineId, long sequence, Instant at, EventType type, String machineName, String data) {

    /** Names it among all events. */
    public String id() {
        return EventId.of(this).toString();
    }
}
