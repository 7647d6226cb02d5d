package io.crashplug.hotplug;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The history of all machines: it can be added to and read. */
interface HotplugEvents extends Repository<HotplugEvent, HotplugEvent.Key> {

    Optional<HotplugEvent> findById(HotplugEvent.Key key);

    /** The number of the machine's newest entry, read from the end of the primary key; empty if it has none. */
    @Query("""
            select e.key.sequence from HotplugEvent e
            where e.key.machineId = :machine order by e.key.machineId desc, e.key.sequence desc fetch first 1 rows only""")
    Optional<Long> lastSequence(UUID machine);

    <S extends HotplugEvent, R> R findBy(
            Specification<S> filter, Function<? super JpaSpecificationExecutor.SpecificationFluentQuery<S>, R> query);
}
