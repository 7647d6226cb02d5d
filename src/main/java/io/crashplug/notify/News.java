package io.crashplug.notify;

import io.crashplug.machine.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of the transaction that runs. They are written together at its end, so that they cost it one statement,
 * and are gone if it is undone.
 */
@Component
class News {

    private final WrittenEvents written;
    private final FeedPosition position;
    private final JsonMapper json;

    News(WrittenEvents written, FeedPosition position, JsonMapper json) {
        this.written = written;
        this.position = position;
        this.json = json;
    }

    /** An object to be filled with what is told. */
    ObjectNode data() {
        return json.createObjectNode();
    }

    /** Tells that something happened to a machine whose row the transaction holds. */
    void add(Machine machine, Instant at, EventType type, ObjectNode data) {
        ofTransaction()
                .events
                .add(new WrittenEvents.Unnumbered(
                        machine.id(), at, type, machine.name(), json.writeValueAsString(data)));
    }

    private OfTransaction ofTransaction() {
        var known = (@Nullable OfTransaction) TransactionSynchronizationManager.getResource(this);
        if (known != null) {
            return known;
        }
        var begun = new OfTransaction();
        TransactionSynchronizationManager.registerSynchronization(begun);
        TransactionSynchronizationManager.bindResource(this, begun);
        return begun;
    }

    private final class OfTransaction implements TransactionSynchronization {

        private final List<WrittenEvents.Unnumbered> events = new ArrayList<>();

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(News.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(News.this, this);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            written.append(events);
        }

        @Override
        public void afterCommit() {
            position.moreCommitted();
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(News.this);
        }
    }
}
