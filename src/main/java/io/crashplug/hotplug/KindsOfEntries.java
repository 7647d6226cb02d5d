package io.crashplug.hotplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The kinds of entries that histories have; a long history has as few as a short one. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class KindsOfEntries {

    private static final String FIRST = "select %d as step, actor, outcome, actions from hotplug_event"
            + " where machine_id = :machine and %s order by machine_id, actor, outcome, actions fetch first 1 rows only";

    private final JdbcClient database;

    KindsOfEntries(JdbcClient database) {
        this.database = database;
    }

    /**
     * The kinds of a history, each looked for behind the one before.
     *
     * @param actor whose entries; null for everybody's
     */
    List<KindOfEntry> of(UUID machine, @Nullable String actor) {
        var kinds = new ArrayList<KindOfEntry>();
        var first = database.sql(FIRST.formatted(0, actor == null ? "true" : "actor = :actor"))
                .param("machine", machine);
        var next = (actor == null ? first : first.param("actor", actor))
                .query(KindOfEntry::of)
                .optional();
        while (next.isPresent()) {
            kinds.add(next.get());
            next = behind(machine, next.get(), actor == null);
        }
        return kinds;
    }

    private Optional<KindOfEntry> behind(UUID machine, KindOfEntry kind, boolean otherActors) {
        var steps = Stream.of(
                        "actor = :actor and outcome = :outcome and actions >= :nextActions",
                        "actor = :actor and outcome >= :nextOutcome",
                        "actor >= :nextActor")
                .limit(otherActors ? 3 : 2)
                .toList();
        var sql = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            sql.add("(%s)".formatted(FIRST.formatted(i, steps.get(i))));
        }
        return database.sql(String.join(" union all ", sql) + " order by step fetch first 1 rows only")
                .param("machine", machine)
                .param("actor", kind.actor())
                .param("outcome", kind.outcome().name())
                .param("nextActions", next(kind.actions()))
                .param("nextOutcome", next(kind.outcome().name()))
                .param("nextActor", next(kind.actor()))
                .query(KindOfEntry::of)
                .optional();
    }

    /** The text that comes next in the order of bytes: to look for "more than" H2 would read all that is equal. */
    private static String next(String text) {
        return text + '\u0001';
    }
}
