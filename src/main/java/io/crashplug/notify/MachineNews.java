package io.crashplug.notify;

import io.crashplug.machine.Condition;
import io.crashplug.machine.Machine;
import io.crashplug.machine.MachineCreated;
import io.crashplug.machine.MachineDeleted;
import io.crashplug.machine.MachineDescribed;
import java.time.Instant;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells of machines that come, change and go, and of what turns with them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MachineNews {

    private static final String GENERATION = "generation";

    private final News news;
    private final EventLabels labels;

    MachineNews(News news, EventLabels labels) {
        this.news = news;
        this.labels = labels;
    }

    @EventListener
    void on(MachineCreated change) {
        var machine = change.machine();
        news.add(
                machine,
                machine.createdAt(),
                EventType.MACHINE_CREATED,
                news.data().put(GENERATION, machine.generation()));
    }

    @EventListener
    void on(MachineDescribed change) {
        var data = news.data();
        change.changed().forEach(data.putArray("changed")::add);
        news.add(
                change.machine(),
                change.at(),
                EventType.MACHINE_CHANGED,
                data.put(GENERATION, change.machine().generation()));
    }

    @EventListener
    void on(MachineDeleted change) {
        labels.keep(change.machine().id(), change.labels());
        news.add(
                change.machine(),
                change.at(),
                EventType.MACHINE_DELETED,
                news.data().put(GENERATION, change.machine().generation()));
    }

    /** Tells whether the header has come to describe the layout, or no longer does. */
    void turned(Machine machine, Instant at) {
        machine.takeTurned(Condition.Type.HeaderCurrent).ifPresent(condition -> {
            switch (condition.status()) {
                case True -> tell(machine, at, EventType.ELFCOREHDR_CURRENT, condition);
                case False -> tell(machine, at, EventType.ELFCOREHDR_STALE, condition);
                case Unknown -> {}
            }
        });
    }

    private void tell(Machine machine, Instant at, EventType type, Condition condition) {
        news.add(
                machine,
                at,
                type,
                news.data()
                        .put(GENERATION, machine.generation())
                        .put("reason", condition.reason())
                        .put("message", condition.message()));
    }
}
