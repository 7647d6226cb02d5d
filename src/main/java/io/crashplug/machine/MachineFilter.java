package io.crashplug.machine;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which machines a list shows: those that meet all of it.
 *
 * @param labels label and value each machine must have
 * @param conditions what each machine must be observed to be
 * @param namePrefix how each name must begin; empty for any
 */
public record MachineFilter(Map<String, String> labels, Map<Condition.Type, Observed> conditions, String namePrefix) {

    /**
     * How a condition must have been found.
     *
     * @param reason why; null for any reason
     */
    public record Observed(
            Condition.Status status, @Nullable String reason) {}

    private static final char ESCAPE = '\\';

    Specification<Machine> after(@Nullable UUID last) {
        return Specification.allOf(List.of(
                (machine, query, is) -> is.isNull(machine.get("deletedAt")),
                (machine, query, is) -> last == null ? null : is.greaterThan(machine.get("id"), last),
                (machine, query, is) -> namePrefix.isEmpty()
                        ? null
                        : is.like(machine.get("liveName"), escaped(namePrefix) + "%", ESCAPE),
                Specification.allOf(labels.entrySet().stream()
                        .map(label -> labelled(label.getKey(), label.getValue()))
                        .toList()),
                Specification.allOf(conditions.entrySet().stream()
                        .map(condition -> observed(condition.getKey(), condition.getValue()))
                        .toList())));
    }

    private static Specification<Machine> labelled(String key, String value) {
        return (machine, query, is) -> {
            var labels = machine.<Machine, String, String>joinMap("labels");
            return is.and(is.equal(labels.key(), key), is.equal(labels.value(), value));
        };
    }

    private static Specification<Machine> observed(Condition.Type type, Observed observed) {
        return (machine, query, is) -> {
            var conditions = machine.<Machine, Condition.Type, Condition>joinMap("conditions");
            return is.and(
                    is.equal(conditions.key(), type),
                    is.equal(conditions.value().get("status"), observed.status()),
                    observed.reason() == null
                            ? is.conjunction()
                            : is.equal(conditions.value().get("reason"), observed.reason()));
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
