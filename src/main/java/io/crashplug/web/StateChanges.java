package io.crashplug.web;

import jakarta.servlet.ServletRequest;
import java.util.regex.Pattern;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Which operations of the API change what is stored, but for those whose answers are not to be kept. */
public final class StateChanges {

    private static final Pattern METHODS = Pattern.compile("POST|PUT|PATCH|DELETE");
    private static final Pattern PATHS =
            Pattern.compile("/api/v1/(machines(/.*)?|machine-imports|webhooks/[^/]+(/deliveries/[^/]+/redeliveries)?)");

    private static final Pattern TRIED_OUT = Pattern.compile("/api/v1/machines/[^/]+/(hotplug-events|layout-imports)");
    private static final String NONE = StateChanges.class.getName() + ".NONE";

    private StateChanges() {}

    /** Whether such a request is one that knows {@code dryRun}. */
    public static boolean mayBeTriedOut(String method, String path) {
        return method.equals("POST") && TRIED_OUT.matcher(path).matches();
    }

    /** Notes that the request which is under way found all as it is to be, and changes nothing. */
    public static void none() {
        RequestContextHolder.currentRequestAttributes().setAttribute(NONE, true, RequestAttributes.SCOPE_REQUEST);
    }

    /** Whether a request was found to change nothing. */
    public static boolean noneCameOf(ServletRequest request) {
        return request.getAttribute(NONE) != null;
    }

    /** Whether such a request may change something, unless it is a dry run. */
    public static boolean mayComeOf(String method, String path) {
        return METHODS.matcher(method).matches() && PATHS.matcher(path).matches();
    }
}
