package io.crashplug.intake.web;

import io.crashplug.web.InvalidField;
import org.jspecify.annotations.Nullable;

/** What imports have in common. */
final class ImportFields {

    private static final int MAX_RELEASE_LENGTH = 255;

    private ImportFields() {}

    /** What {@code uname -r} prints; empty where left out. */
    static String kernelRelease(@Nullable String release) {
        var text = InvalidField.text(release, "", MAX_RELEASE_LENGTH, "kernelRelease");
        if (text.indexOf(' ') >= 0) {
            throw new InvalidField(
                    "kernelRelease",
                    "\"%s\" holds a space, as a + in a query becomes unless it is written %%2B".formatted(text));
        }
        return text;
    }
}
