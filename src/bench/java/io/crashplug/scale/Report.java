package io.crashplug.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, what it may be, and whether it is. */
final class Report {

    private final List<String> lines = new ArrayList<>();
    private boolean passed = true;

    void title(String title) {
        lines.add("");
        lines.add("%-46s %10s %10s %7s %6s".formatted(title, "small", "large", "ratio", "limit"));
    }

    /** Two figures in milliseconds, of which the second may be so many times the first. */
    void ratio(String what, double small, double large, double limit) {
        line(
                "%-46s %7.2f ms %7.2f ms %7.2f %6.1f".formatted(what, small, large, large / small, limit),
                large / small <= limit);
    }

    /** One figure that has a limit. */
    void limited(String what, double figure, String unit, double limit) {
        line("%-46s %10s %7.0f %s %7s %6.0f".formatted(what, "", figure, unit, "", limit), figure <= limit);
    }

    /** A figure without a limit. */
    void told(String what, double small, double large) {
        lines.add(String.format(Locale.ROOT, "%-46s %7.2f ms %7.2f ms %7.2f", what, small, large, large / small));
    }

    private void line(String text, boolean good) {
        lines.add(text + (good ? "  pass" : "  FAIL"));
        passed &= good;
    }

    /** Prints what was added since the last time. */
    void print() {
        lines.forEach(System.out::println);
        lines.clear();
    }

    boolean passed() {
        return passed;
    }
}
