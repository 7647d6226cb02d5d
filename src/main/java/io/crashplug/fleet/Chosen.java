package io.crashplug.fleet;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which machines are asked for: those that live and have all of the labels.
 *
 * @param condition what holds of the row m of the table machine, as SQL with named parameters
 */
record Chosen(String condition, Map<String, String> parameters) {

    Chosen(Map<String, String> labels) {
        this(condition(labels.size()), parameters(new TreeMap<>(labels)));
    }

    private static String condition(int labels) {
        var condition = new StringBuilder("m.deleted_at is null");
        for (int i = 0; i < labels; i++) {
            condition.append(" and exists (select 1 from machine_label l where l.machine_id = m.id");
            condition.append(" and l.label_key = :key%d and l.label_value = :value%d)".formatted(i, i));
        }
        return condition.toString();
    }

    private static Map<String, String> parameters(TreeMap<String, String> labels) {
        var parameters = new HashMap<String, String>();
        int i = 0;
        for (var label : labels.entrySet()) {
            parameters.put("key" + i, label.getKey());
            parameters.put("value" + i, label.getValue());
            i++;
        }
        return parameters;
    }
}
