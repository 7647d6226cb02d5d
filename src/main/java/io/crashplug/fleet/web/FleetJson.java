package io.crashplug.fleet.web;

import io.crashplug.fleet.Fleet;
import io.crashplug.fleet.Fleet.Count;
import io.crashplug.fleet.Fleet.Room;
import io.crashplug.fleet.Fleet.StaleMachine;
import io.crashplug.machine.Condition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A fleet as it is answered. */
@Schema(name = "Fleet")
record FleetJson(
        @Schema(description = "When it was counted") Instant at,

        @Schema(description = "Machines that live") long machines,

        @Schema(description = "By type, status and reason; what no machine has is left out")
        List<CountJson> conditions,

        @Schema(
                description =
                        "Machines whose header has the least room to grow, the least first. Only those count whose"
                                + " loaded header the kernel rewrites in place.")
        List<RoomJson> leastRoom,

        @Schema(description = "Machines whose HeaderCurrent is False, as of now")
        StaleJson staleSeconds) {

    /** How many machines have a condition. */
    @Schema(name = "ConditionCount")
    record CountJson(Condition.Type type, Condition.Status status, String reason, long machines) {

        static CountJson of(Count count) {
            return new CountJson(count.type(), count.status(), count.reason(), count.machines());
        }
    }

    /** The room of one machine. */
    @Schema(name = "Room")
    record RoomJson(
            UUID id,
            String name,

            @Schema(description = "Program headers that fit before memsz; negative for as many too many")
            long freePhdrs,

            @Schema(description = "Size of the header's segment", types = "integer")
            BigInteger memszBytes,

            @Schema(description = "Size of a rebuild of the layout")
            int elfszBytes) {

        static RoomJson of(Room room) {
            var memsz = new BigInteger(Long.toUnsignedString(room.memszBytes()));
            return new RoomJson(room.id(), room.name(), room.freePhdrs(), memsz, room.elfszBytes());
        }
    }

    /** Machines whose header is stale. */
    @Schema(name = "StaleSeconds")
    record StaleJson(
            @Schema(description = "How many") long machines,

            @Schema(description = "For how many seconds the one is that is stale the longest; 0 without any")
            long longest,

            @Schema(description = "The 10 that are stale the longest, the longest first")
            List<StaleMachineJson> longestMachines) {}

    /** A machine whose header is stale. */
    @Schema(name = "StaleMachine")
    record StaleMachineJson(
            UUID id,
            String name,

            @Schema(description = "Why, as the condition's reason")
            String reason,

            Instant since,
            long seconds) {}

    static FleetJson of(Fleet fleet) {
        var stale = fleet.stale().longest().stream()
                .map(machine -> stale(machine, fleet.at()))
                .toList();
        return new FleetJson(
                fleet.at(),
                fleet.machines(),
                fleet.conditions().stream().map(CountJson::of).toList(),
                fleet.leastRoom().stream().map(RoomJson::of).toList(),
                new StaleJson(
                        fleet.stale().machines(),
                        stale.isEmpty() ? 0 : stale.get(0).seconds(),
                        stale));
    }

    private static StaleMachineJson stale(StaleMachine machine, Instant now) {
        return new StaleMachineJson(
                machine.id(),
                machine.name(),
                machine.reason(),
                machine.since(),
                Math.max(0, Duration.between(machine.since(), now).toSeconds()));
    }
}
