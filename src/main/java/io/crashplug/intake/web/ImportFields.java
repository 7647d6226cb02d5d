package io.crashplug.intake.web;

import io.crashplug.web.InvalidField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What imports have in common. */
final class ImportFields {

    private static final int MAX_RELEASE_LENGTH = 255;

    /** Each source, and a field that none of the others has. */
    private static final Map<String, String> FIELDS =
            Map.of("guest", "iomem", "qmp", "replies", "cloud-hypervisor", "vmInfo", "counts", "memoryBytes");

    private ImportFields() {}

    /** Refuses another source than the one that the other fields tell of. */
    static void source(@Nullable String source, String expected) {
        if (source != null && !source.equals(expected)) {
            var field = FIELDS.get(source);
            throw new InvalidField(
                    "source",
                    field == null
                            ? "\"%s\" is not the source of these fields, which is \"%s\"".formatted(source, expected)
                            : "\"%s\" is the source of the field \"%s\", which is missing".formatted(source, field));
        }
    }

    /** What {@code uname -r} prints; empty where left out. */
    static String kernelRelease(@Nullable String release) {
        return InvalidField.text(release, "", MAX_RELEASE_LENGTH, "kernelRelease");
    }
}
