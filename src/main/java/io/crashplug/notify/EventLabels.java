package io.crashplug.notify;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The labels that machines have, or had when they were deleted. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EventLabels {

    private final JdbcClient database;

    EventLabels(JdbcClient database) {
        this.database = database;
    }

    /** Keeps those of a machine that is deleted. */
    void keep(UUID machine, Map<String, String> labels) {
        labels.forEach((key, value) -> database.sql("insert into deleted_machine_label values (:machine, :key, :value)")
                .param("machine", machine)
                .param("key", key)
                .param("value", value)
                .update());
    }

    /** The labels of each of these machines that has any. */
    Map<UUID, Map<String, String>> of(Collection<UUID> machines) {
        var labels = new HashMap<UUID, Map<String, String>>();
        if (machines.isEmpty()) {
            return labels;
        }
        database.sql("""
                        select machine_id, label_key, label_value from machine_label where machine_id in (:machines)
                        union all
                        select machine_id, label_key, label_value from deleted_machine_label
                        where machine_id in (:machines)""").param("machines", machines).query(row -> {
            labels.computeIfAbsent(row.getObject("machine_id", UUID.class), machine -> new HashMap<>())
                    .put(row.getString("label_key"), row.getString("label_value"));
        });
        return labels;
    }
}
