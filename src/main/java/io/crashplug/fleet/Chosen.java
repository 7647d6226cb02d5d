package io.crashplug.fleet;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which machines are asked for: those that have all of the labels, which only machines that live have.
 *
 * @param condition what holds of a machine, as SQL with named parameters and a place for the column of its id
 */
record Chosen(String condition, Map<String, String> parameters) {

    static final Chosen NONE = new Chosen(" and false", Map.of());

    Chosen(Map<String, String> labels) {
        this(condition(labels.size()), parameters(new TreeMap<>(labels)));
    }

    /** What holds of the machine whose id is in {@code column}; begins with "and" unless it is empty. */
    String and(String column) {
        return condition.replace("?", column);
    }

    private static String condition(int labels) {
        var condition = new StringBuilder();
        for (int i = 0; i < labels; i++) {
            condition.append(" and exists (select 1 from machine_label l where l.machine_id = ?");
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
