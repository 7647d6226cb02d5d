package io.crashplug.machine.web;

import io.crashplug.machine.Condition;
import io.crashplug.machine.MachineFilter.Observed;
import io.crashplug.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/** Reads the query parameter condition: type=status, or type=status:reason. */
final class ConditionQuery {

    private ConditionQuery() {}

    static Map<Condition.Type, Observed> of(MultiValueMap<String, String> query) {
        var conditions = new HashMap<Condition.Type, Observed>();
        QueryPairs.of(query, "condition").forEach((type, held) -> {
            int colon = held.indexOf(':');
            var status = colon < 0 ? held : held.substring(0, colon);
            var reason = colon < 0 ? null : held.substring(colon + 1);
            try {
                conditions.put(Condition.Type.valueOf(type), new Observed(Condition.Status.valueOf(status), reason));
            } catch (IllegalArgumentException e) {
                throw Problem.invalid(
                                "condition",
                                "\"%s=%s\" is no condition such as KdumpReady=False or KdumpReady=False:NotLoaded"
                                        .formatted(type, held))
                        .toException();
            }
        });
        return conditions;
    }
}
