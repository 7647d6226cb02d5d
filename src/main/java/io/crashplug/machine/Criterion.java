package io.crashplug.machine;

import java.util.Map;

/**
 * One thing that machines are looked for by, with an index behind it.
 *
 * @param table where it is stored, with the alias by which the other texts name it
 * @param condition what must hold of a row, as SQL with named parameters
 * @param id the column that names the machine
 * @param order the columns of the index, the machine the last of them
 */
record Criterion(String table, String condition, String id, String order, Map<String, Object> parameters) {

    /** That a machine has not been deleted. */
    static final Criterion LIVING =
            new Criterion("machine m", "m.deleted_at is null", "m.id", "m.deleted_at, m.id", Map.of());

    /**
     * That a machine has a label of that value.
     *
     * @param number tells the parameters of several criteria apart
     */
    static Criterion labelled(int number, String key, String value) {
        return new Criterion(
                "machine_label l",
                "l.label_key = :key%d and l.label_value = :value%d".formatted(number, number),
                "l.machine_id",
                "l.label_key, l.label_value, l.machine_id",
                Map.of("key" + number, key, "value" + number, value));
    }

    /** That a condition was found so; a type stands in one criterion only. */
    static Criterion observed(Condition.Type type, MachineFilter.Observed observed) {
        var reason = observed.reason();
        var status = Map.<String, Object>of(
                "type" + type, type.name(), "status" + type, observed.status().name());
        var condition = "c.type = :type%s and c.status = :status%s".formatted(type, type);
        return reason == null
                ? new Criterion(
                        "machine_condition c", condition, "c.machine_id", "c.type, c.status, c.machine_id", status)
                : new Criterion(
                        "machine_condition c",
                        "%s and c.reason = :reason%s".formatted(condition, type),
                        "c.machine_id",
                        "c.type, c.status, c.reason, c.machine_id",
                        Map.of(
                                "type" + type,
                                type.name(),
                                "status" + type,
                                observed.status().name(),
                                "reason" + type,
                                reason));
    }

    /** The same, to be asked of a machine m. */
    String ofMachine() {
        return "exists (select 1 from %s where %s = m.id and %s)".formatted(table, id, condition);
    }
}
