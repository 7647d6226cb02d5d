package io.crashplug.hotplug;

import io.crashplug.crashimage.CrashImageChanged;
import io.crashplug.machine.FindMachines;
import io.crashplug.machine.Machine;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The audit: appends entries, and reads them, also of machines that are deleted. */
@Service
public class History {

    private final HotplugEvents events;
    private final HistorySearch search;
    private final NumberedEntries numbered;
    private final FindMachines find;
    private final EventStore store;
    private final ApplicationEventPublisher published;

    History(
            HotplugEvents events,
            HistorySearch search,
            NumberedEntries numbered,
            FindMachines find,
            EventStore store,
            ApplicationEventPublisher published) {
        this.events = events;
        this.search = search;
        this.numbered = numbered;
        this.find = find;
        this.store = store;
        this.published = published;
    }

    /** Appends an entry; the caller holds the machine's row, so numbers have no gap and no twin. */
    @Transactional(propagation = Propagation.MANDATORY)
    HotplugEvent append(Machine machine, Instant at, Caller caller, Entry entry, Duration duration) {
        var appended = store.append(machine.id(), at, caller, entry, duration);
        published.publishEvent(new HotplugRecorded(machine, appended));
        return appended;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CrashImageChanged change) {
        var generation = change.machine().generation();
        var entry = new Entry(
                "",
                Entry.NO_CHANGES,
                "",
                Outcome.valueOf(change.kind().name()),
                change.detail(),
                null,
                generation,
                generation,
                HeaderChange.of(change));
        append(change.machine(), change.at(), change.caller(), entry, change.took());
    }

    /** One entry; not-found if there is none of that number. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public HotplugEvent entry(MachineRef ref, long sequence) {
        var machine = find.everKnown(ref);
        return events.findById(new HotplugEvent.Key(machine.id(), sequence))
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND, "the machine has no hotplug event %d".formatted(sequence))
                        .toException());
    }

    /**
     * Entries in the order of their numbers; those that a filter narrows in the order of their times.
     *
     * @param after the last number of the page before, null for the first page
     * @param most how many entries at most
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<HotplugEvent> list(MachineRef ref, HistoryFilter filter, @Nullable Long after, int most) {
        var machine = find.everKnown(ref).id();
        if (!filter.isOpen()) {
            return numbered.of(machine, search.find(machine, filter, after, most));
        }
        return filter.ascending()
                ? events.oldestAbove(machine, after == null ? 0 : after, Limit.of(most))
                : events.newestBelow(machine, after == null ? Long.MAX_VALUE : after, Limit.of(most));
    }
}
