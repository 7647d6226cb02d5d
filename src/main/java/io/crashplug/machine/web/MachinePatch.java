package io.crashplug.machine.web;

import io.crashplug.machine.RegisterMachine.Description;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON merge patch (RFC 7396) of what describes a machine: null removes, so it brings back the empty default. */
final class MachinePatch {

    /** What the document says of a patch, whose absent and null fields differ. */
    @Schema(name = "MachinePatch", description = "A field left out stays, null removes; so does a label's null.")
    record Document(
            @Nullable String name,
            @Nullable Map<String, @Nullable String> labels,
            @Nullable String description) {}

    private static final Set<String> FIELDS = Set.of("name", "labels", "description");

    private MachinePatch() {}

    /** What the patch says, on top of the labels there are. */
    static Description of(Map<String, @Nullable Object> patch, Map<String, String> present) {
        for (var field : patch.keySet()) {
            if (!FIELDS.contains(field)) {
                throw invalid(
                        "/" + Descriptions.escaped(field),
                        "only name, labels and description can be patched, not \"%s\"".formatted(field));
            }
        }
        try {
            return new Description(
                    patch.containsKey("name") ? Descriptions.name(text(patch, "name")) : null,
                    patch.containsKey("labels") ? LabelPatch.of(patch.get("labels"), present) : null,
                    patch.containsKey("description") ? Descriptions.description(text(patch, "description")) : null);
        } catch (InvalidField e) {
            throw invalid("/" + e.field(), e.detail());
        }
    }

    private static @Nullable String text(Map<String, @Nullable Object> patch, String field) {
        var value = patch.get(field);
        if (value != null && !(value instanceof String)) {
            throw new InvalidField(field, "%s is text".formatted(field));
        }
        return (String) value;
    }

    private static ProblemException invalid(String pointer, String detail) {
        return Problem.invalid(pointer, detail).toException();
    }
}
