package io.crashplug.fleet;

import io.crashplug.machine.Condition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The living machines of a fleet, or of a part of it.
 *
 * @param at when they were asked
 * @param machines how many there are
 * @param conditions how many are in which condition
 * @param leastRoom those whose header has the least room to grow, the least first
 * @param stale those whose header is not current
 */
public record Fleet(Instant at, long machines, List<Count> conditions, List<Room> leastRoom, Stale stale) {

    /** How many machines have one condition for one reason. */
    public record Count(Condition.Type type, Condition.Status status, String reason, long machines) {}

    /**
     * The room of one machine's header.
     *
     * @param freePhdrs program header slots before memsz; negative for as many too many
     * @param elfszBytes size of a rebuild of the layout
     */
    public record Room(UUID id, String name, long freePhdrs, long memszBytes, int elfszBytes) {}

    /**
     * Machines whose header is not current.
     *
     * @param machines how many
     * @param longest those that are stale the longest, the longest first
     */
    public record Stale(long machines, List<StaleMachine> longest) {}

    /**
     * A machine whose header is not current.
     *
     * @param since since when
     */
    public record StaleMachine(UUID id, String name, String reason, Instant since) {}
}
