package io.crashplug.hotplug;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The history of all machines: it can be added to and read. */
interface HotplugEvents extends Repository<HotplugEvent, HotplugEvent.Key> {

    Optional<HotplugEvent> findById(HotplugEvent.Key key);

    /** A machine's entries below a number, newest first. */
    @Query("""
            select e from HotplugEvent e where e.key.machineId = :machine and e.key.sequence < :below
            order by e.key.machineId desc, e.key.sequence desc""")
    List<HotplugEvent> newestBelow(UUID machine, long below, Limit limit);

    /** A machine's entries above a number, oldest first. */
    @Query("""
            select e from HotplugEvent e where e.key.machineId = :machine and e.key.sequence > :above
            order by e.key.machineId, e.key.sequence""")
    List<HotplugEvent> oldestAbove(UUID machine, long above, Limit limit);
}
