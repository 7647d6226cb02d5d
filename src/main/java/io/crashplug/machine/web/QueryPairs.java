package io.crashplug.machine.web;

import io.crashplug.problem.Problem;
import io.crashplug.web.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/** Reads query parameters of the form key=value. */
public final class QueryPairs {

    private QueryPairs() {}

    /**
     * The labels that the parameter {@code label} asks for.
     *
     * @throws io.crashplug.problem.ProblemException invalid-request if one has another form or contradicts another
     */
    public static Map<String, String> labels(MultiValueMap<String, String> query) {
        return of(query, "label");
    }

    static Map<String, String> of(MultiValueMap<String, String> query, String parameter) {
        var pairs = new HashMap<String, String>();
        // Not bound as a list: a comma belongs to the value here.
        for (var pair : query.getOrDefault(parameter, List.of())) {
            Page.searched(pair, parameter);
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Problem.invalid(parameter, "\"%s\" has not the form key=value".formatted(pair))
                        .toException();
            }
            var key = pair.substring(0, equals);
            var value = pair.substring(equals + 1);
            var other = pairs.put(key, value);
            if (other != null && !other.equals(value)) {
                throw Problem.invalid(parameter, "%s cannot be both %s and %s".formatted(key, other, value))
                        .toException();
            }
        }
        return pairs;
    }
}
