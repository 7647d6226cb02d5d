package io.crashplug.scale;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How large the benchmark is, read from the system property {@code bench.options} as {@code name=value,name=value}.
 *
 * @param databases which databases are measured
 * @param machines machines of the large fleet
 * @param events events of the large fleet, those of the long history among them
 * @param longHistory events of one machine of the large fleet
 * @param warmUpSeconds how long each service runs before it is measured
 * @param hotplugs measured hotplugs of each service
 * @param reads measured reads of each kind and service
 * @param parts which parts are run
 */
record Settings(
        List<Store.Kind> databases,
        int machines,
        int events,
        int longHistory,
        int warmUpSeconds,
        int hotplugs,
        int reads,
        List<Part> parts) {

    /** What can be measured. */
    enum Part {
        FLEET,
        LARGE_MACHINE
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
        var databases = Arrays.stream(
                        options.getOrDefault("databases", "postgresql+h2").split("\\+"))
                .map(name -> Store.Kind.valueOf(name.toUpperCase(java.util.Locale.ROOT)))
                .toList();
        var parts = Arrays.stream(
                        options.getOrDefault("parts", "fleet+large_machine").split("\\+"))
                .map(name -> Part.valueOf(name.toUpperCase(java.util.Locale.ROOT)))
                .toList();
        return new Settings(
                databases,
                Integer.parseInt(options.getOrDefault("machines", "100000")),
                Integer.parseInt(options.getOrDefault("events", "1000000")),
                Integer.parseInt(options.getOrDefault("history", "100000")),
                Integer.parseInt(options.getOrDefault("warmup", "30")),
                Integer.parseInt(options.getOrDefault("hotplugs", "3000")),
                Integer.parseInt(options.getOrDefault("reads", "200")),
                parts);
    }

    Settings {
        if (machines < SMALL_MACHINES) {
            throw new IllegalArgumentException("at least %d machines".formatted(SMALL_MACHINES));
        }
    }
}
