package io.crashplug.notify.web;

import io.crashplug.problem.Problem;
import java.time.Duration;
import java.util.regex.Pattern;

/** How long a request may wait, on the wire. */
final class Waits {

    private static final int MOST_SECONDS = 60;
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(ms|s)");

    private Waits() {}

    /** The time, as 30s or 500ms. */
    static Duration of(String wait) {
        var form = FORM.matcher(wait);
        if (form.matches()) {
            int number = Integer.parseInt(form.group(1));
            var time = form.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
            if (time.compareTo(Duration.ofSeconds(MOST_SECONDS)) <= 0) {
                return time;
            }
        }
        throw Problem.invalid("wait", "wait is a number of seconds up to %ds, as 30s".formatted(MOST_SECONDS))
                .toException();
    }
}
