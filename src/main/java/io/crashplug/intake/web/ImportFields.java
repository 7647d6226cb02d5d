package io.crashplug.intake.web;

import io.crashplug.web.InvalidField;
import org.jspecify.annotations.Nullable;

/** What imports have in common. */
final class ImportFields {

    private static final int MAX_RELEASE_LENGTH = 255;

    private ImportFields() {}

    /** What {@code uname -r} prints; empty where left out. */
    static String kernelRelease(@Nullable String release) {
        return InvalidField.text(release, "", MAX_RELEASE_LENGTH, "kernelRelease");
    }
}
