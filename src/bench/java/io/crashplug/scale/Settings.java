package io.crashplug.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How large the benchmark is, read from the system property {@code bench.options} as {@code name=value,name=value}.
 *
 * @param databases which databases are measured
 * @param machines machines of the large fleet, with nine events each
 * @param longHistory events of one machine of the large fleet
 * @param warmUpSeconds how long each service runs before it is measured
 * @param hotplugs measured hotplugs of each service
 * @param reads measured reads of each kind and service
 * @param parts which parts are run
 * @param limits what a missed limit is; a small fleet on a busy machine says little of limits
 */
record Settings(
        List<Store.Kind> databases,
        int machines,
        int longHistory,
        int warmUpSeconds,
        int hotplugs,
        int reads,
        List<Part> parts,
        Limits limits) {

    /** What can be measured. */
    enum Part {
        FLEET,
        LARGE_MACHINE
    }

    /** What becomes of a limit that is missed. */
    enum Limits {
        /** The benchmark ends with an error. */
        JUDGED,
        /** It is printed. */
        TOLD
    }

    /** Machines of the small fleet: as many as make each list a full page. */
    static final int SMALL_MACHINES = 600;

    /** Events of the machine with the longest history in the small fleet. */
    static final int SMALL_HISTORY = 1000;

    static Settings ofProperties() {
        var options = Arrays.stream(System.getProperty("bench.options", "").split(","))
                .map(String::strip)
                .filter(option -> option.contains("="))
                .map(option -> option.split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        var databases = values(Store.Kind.class, options.getOrDefault("databases", "postgresql+h2"));
        var parts = values(Part.class, options.getOrDefault("parts", "fleet+large_machine"));
        return new Settings(
                databases,
                Integer.parseInt(options.getOrDefault("machines", "100000")),
                Integer.parseInt(options.getOrDefault("history", "100000")),
                Integer.parseInt(options.getOrDefault("warmup", "30")),
                Integer.parseInt(options.getOrDefault("hotplugs", "3000")),
                Integer.parseInt(options.getOrDefault("reads", "200")),
                parts,
                value(Limits.class, options.getOrDefault("limits", "judged")));
    }

    private static <E extends Enum<E>> List<E> values(Class<E> type, String names) {
        return Arrays.stream(names.split("\\+")).map(name -> value(type, name)).toList();
    }

    private static <E extends Enum<E>> E value(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    Settings {
        if (machines < SMALL_MACHINES) {
            throw new IllegalArgumentException("at least %d machines".formatted(SMALL_MACHINES));
        }
    }
}
