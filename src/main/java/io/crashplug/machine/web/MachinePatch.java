package io.crashplug.machine.web;

import io.crashplug.machine.RegisterMachine.Description;
import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON merge patch (RFC 7396) of what describes a machine: null removes, so it brings back the empty default. */
final class MachinePatch {

    private static final Set<String> FIELDS = Set.of("name", "labels", "description");

    private MachinePatch() {}

    /** What the patch says, on top of the labels there are. */
    static Description of(JsonNode patch, Map<String, String> present) {
        if (!patch.isObject()) {
            throw invalid("", "a merge patch is an object");
        }
        for (var field : patch.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw invalid(
                        "/" + field, "only name, labels and description can be patched, not \"%s\"".formatted(field));
            }
        }
        try {
            var description = patch.has("description") ? text(patch, "description", "") : null;
            return new Description(
                    patch.has("name") ? Descriptions.name(text(patch, "name", null)) : null,
                    patch.has("labels") ? Descriptions.labels(labels(patch.get("labels"), present)) : null,
                    description == null ? null : Descriptions.description(description));
        } catch (InvalidField e) {
            throw invalid("/" + e.field(), e.detail());
        }
    }

    private static Map<String, String> labels(JsonNode patch, Map<String, String> present) {
        if (patch.isNull()) {
            return Map.of();
        }
        if (!patch.isObject()) {
            throw new InvalidField("labels", "labels are an object of texts");
        }
        var labels = new TreeMap<>(present);
        for (var label : patch.properties()) {
            if (label.getValue().isNull()) {
                labels.remove(label.getKey());
            } else if (label.getValue().isString()) {
                labels.put(label.getKey(), label.getValue().stringValue());
            } else {
                throw new InvalidField("labels/" + label.getKey(), "a label's value is text");
            }
        }
        return labels;
    }

    private static @Nullable String text(JsonNode patch, String field, @Nullable String removed) {
        var value = patch.get(field);
        if (value.isNull()) {
            return removed;
        }
        if (!value.isString()) {
            throw new InvalidField(field, "%s is text".formatted(field));
        }
        return value.stringValue();
    }

    private static RuntimeException invalid(String pointer, String detail) {
        return Problem.invalid(pointer, detail).toException();
    }
}
