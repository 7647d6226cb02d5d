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

    /** The number of the machine's newest entry, 0 if it has none. */
    @Query("select coalesce(max(e.key.sequence), 0) from HotplugEvent e where e.key.machineId = :machine")
    long lastSequence(UUID machine);

    <S extends HotplugEvent, R> R findBy(
            Specification<S> filter, Function<? super JpaSpecificationExecutor.SpecificationFluentQuery<S>, R> query);
}
