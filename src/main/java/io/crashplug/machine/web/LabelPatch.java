package io.crashplug.machine.web;

import io.crashplug.web.InvalidField;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of a JSON merge patch (RFC 7396) that is about labels: null removes. */
public final class LabelPatch {

    private LabelPatch() {}

    /**
     * What the patch says, on top of the labels there are.
     *
     * @param patch null for no labels at all
     * @throws InvalidField if these are no labels
     */
    public static Map<String, String> of(@Nullable Object patch, Map<String, String> present) {
        if (patch == null) {
            return Map.of();
        }
        if (!(patch instanceof Map<?, ?> changes)) {
            throw new InvalidField("labels", "labels are an object of texts");
        }
        var labels = new TreeMap<>(present);
        changes.forEach((key, value) -> {
            if (value == null) {
                labels.remove(String.valueOf(key));
            } else if (value instanceof String text) {
                labels.put(String.valueOf(key), text);
            } else {
                throw new InvalidField(
                        "labels/" + Descriptions.escaped(String.valueOf(key)), "a label's value is text");
            }
        });
        return Descriptions.labels(labels);
    }
}
