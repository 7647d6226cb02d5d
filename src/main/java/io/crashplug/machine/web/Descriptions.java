package io.crashplug.machine.web;

import io.crashplug.machine.MachineRef;
import io.crashplug.web.InvalidField;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What may be said of a machine in a client's own words: bounds of names, labels and descriptions. */
public final class Descriptions {

    static final int MAX_LABELS = 64;
    static final int MAX_LABEL_LENGTH = 255;
    static final int MAX_DESCRIPTION_LENGTH = 4096;

    private Descriptions() {}

    public static String name(@Nullable String name) {
        var given = InvalidField.required(name, "name");
        if (!MachineRef.isName(given)) {
            throw new InvalidField(
                    "name",
                    "a name begins with a letter or digit, has up to 63 letters, digits, dots, underscores and"
                            + " hyphens, and is not a UUID");
        }
        return given;
    }

    public static Map<String, String> labels(@Nullable Map<String, String> labels) {
        if (labels == null) {
            return Map.of();
        }
        if (labels.size() > MAX_LABELS) {
            throw new InvalidField("labels", "%d labels are more than %d".formatted(labels.size(), MAX_LABELS));
        }
        labels.forEach((key, value) -> {
            var field = "labels/" + escaped(key);
            InvalidField.text(key, "", MAX_LABEL_LENGTH, field);
            InvalidField.text(InvalidField.required(value, field), "", MAX_LABEL_LENGTH, field);
            if (key.isEmpty() || key.contains("=")) {
                throw new InvalidField(field, "a label's key is not empty and holds no \"=\"");
            }
        });
        return new TreeMap<>(labels);
    }

    /** A key as a part of a JSON pointer (RFC 6901, 3). */
    public static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    public static String description(@Nullable String description) {
        return InvalidField.text(description, "", MAX_DESCRIPTION_LENGTH, "description");
    }
}
