package io.crashplug.notify;

import io.crashplug.hotplug.HeaderChange;
import io.crashplug.hotplug.HotplugEvent;
import io.crashplug.hotplug.HotplugRecorded;
import io.crashplug.verification.VerificationFailed;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** Tells of what the histories of machines keep. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class HistoryNews {

    private final News news;
    private final MachineNews machines;

    HistoryNews(News news, MachineNews machines) {
        this.news = news;
        this.machines = machines;
    }

    @EventListener
    void on(HotplugRecorded recorded) {
        var machine = recorded.machine();
        var entry = recorded.entry();
        if (entry.generationAfter() != entry.generationBefore()) {
            var data = entry(entry);
            data.putArray("changed").add("layout");
            news.add(machine, entry.at(), EventType.MACHINE_CHANGED, data);
        }
        type(entry).ifPresent(type -> news.add(machine, entry.at(), type, entry(entry)));
        machines.turned(machine, entry.at());
    }

    @EventListener
    void on(VerificationFailed failed) {
        var data = news.data().put("verification", failed.sequence());
        failed.reasons().forEach(data.putArray("reasons")::add);
        news.add(failed.machine(), failed.at(), EventType.VERIFICATION_FAILED, data);
    }

    /** What an entry tells of beside the layout; empty if of nothing. */
    private static Optional<EventType> type(HotplugEvent entry) {
        return switch (entry.outcome()) {
            case LOADED -> Optional.of(EventType.CRASH_IMAGE_LOADED);
            case UNLOADED -> Optional.of(EventType.CRASH_IMAGE_UNLOADED);
            case REBUILT -> Optional.of(EventType.ELFCOREHDR_UPDATED);
            case REFUSED -> Optional.of(EventType.ELFCOREHDR_REFUSED);
            case UNCHANGED, NO_IMAGE, NOT_PERMITTED, NO_ELFCOREHDR, NOT_BUILDABLE, DOES_NOT_FIT -> Optional.empty();
        };
    }

    /** The entry in short, with the names of its members in the history. */
    private ObjectNode entry(HotplugEvent entry) {
        var data = news.data()
                .put("hotplugEvent", entry.sequence())
                .put("outcome", entry.outcome().name())
                .put("detail", entry.detail())
                .put("generation", entry.generationAfter());
        entry.problemType().ifPresent(type -> data.put("problem", type.path()));
        entry.header().ifPresent(header -> header(data.putObject("header"), header));
        return data;
    }

    private static void header(ObjectNode data, HeaderChange header) {
        data.put("revision", header.revision())
                .put("elfszBytes", header.elfszBytes())
                .put("memszBytes", header.memszBytes())
                .put("phdrCount", header.phdrCount())
                .put("changedBytes", header.changedBytes())
                .put("sha256Before", header.sha256Before())
                .put("sha256After", header.sha256After());
    }
}
