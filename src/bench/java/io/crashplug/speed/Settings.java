package io.crashplug.speed;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much is measured, from the system property {@code bench.options}, {@code name=value} with commas between and
 * {@code +} between the values of a list.
 *
 * @param databases of {@code postgresql} and {@code h2}
 * @param clients how many clients send at once, one measurement for each number
 * @param warmup how long each side runs before anything counts; the compilers take most of 30 seconds
 * @param round how long one side is measured before it is the other's turn
 * @param rounds turns of each side for each number of clients
 * @param java options of the service's Java, such as those of a profiler
 */
record Settings(
        List<String> databases, List<Integer> clients, Duration warmup, Duration round, int rounds, List<String> java) {

    static Settings ofProperties() {
        var options = Arrays.stream(System.getProperty("bench.options", "").split(","))
                .filter(option -> option.contains("="))
                .map(option -> option.split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        return new Settings(
                list(options.getOrDefault("databases", "postgresql+h2")),
                list(options.getOrDefault("clients", "1+8+32")).stream()
                        .map(Integer::valueOf)
                        .toList(),
                Duration.ofSeconds(Long.parseLong(options.getOrDefault("warmup", "30"))),
                Duration.ofSeconds(Long.parseLong(options.getOrDefault("round", "4"))),
                Integer.parseInt(options.getOrDefault("rounds", "3")),
                list(options.getOrDefault("java", "")));
    }

    private static List<String> list(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split("\\+"));
    }
}
