package io.crashplug.web;

import java.util.regex.Pattern;

/** Which operations of the API change what is stored, but for those whose answers are not to be kept. */
public final class StateChanges {

    private static final Pattern METHODS = Pattern.compile("POST|PUT|PATCH|DELETE");
    private static final Pattern PATHS =
            Pattern.compile("/api/v1/(machines(/.*)?|machine-imports|webhooks/[^/]+(/deliveries/[^/]+/redeliveries)?)");

    private StateChanges() {}

    /** Whether such a request may change something, unless it is a dry run. */
    public static boolean mayComeOf(String method, String path) {
        return METHODS.matcher(method).matches() && PATHS.matcher(path).matches();
    }
}
