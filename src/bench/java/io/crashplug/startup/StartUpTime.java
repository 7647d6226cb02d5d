package io.crashplug.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long the service takes from the start of its process to its first answer over HTTP: the fat jar and the packaged
 * form by turns, each time over a new H2 file. Needs what {@code mvn package} makes, with the same Java.
 */
public final class StartUpTime {

    private static final int ROUNDS = 7;
    private static final Path TARGET = Path.of("target");

    private StartUpTime() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var javaHome = System.getProperty("java.home");
        var fatJar = List.of(Path.of(javaHome, "bin/java").toString(), "-jar", fatJar().toString());
        var packaged =
                List.of(existing(TARGET.resolve("crashplug/bin/crashplug")).toString());
        var fatJarMillis = new ArrayList<Double>();
        var packagedMillis = new ArrayList<Double>();
        // The first of each is not counted: it brings the files into memory.
        for (var round = 0; round <= ROUNDS; round++) {
            var fat = Start.untilFirstAnswer(fatJar, javaHome);
            var fast = Start.untilFirstAnswer(packaged, javaHome);
            System.out.printf(
                    "%s  fat jar %,6.0f ms  packaged %,6.0f ms%n", round == 0 ? "warm" : "   " + round, fat, fast);
            if (round > 0) {
                fatJarMillis.add(fat);
                packagedMillis.add(fast);
            }
        }
        System.out.printf(
                "Java %s: median of %d: fat jar %,.0f ms, packaged %,.0f ms, ratio %.2f%n",
                System.getProperty("java.version"),
                ROUNDS,
                median(fatJarMillis),
                median(packagedMillis),
                median(packagedMillis) / median(fatJarMillis));
    }

    private static Path fatJar() throws IOException {
        try (var jars = Files.newDirectoryStream(TARGET, "crashplug-*.jar")) {
            var found = new ArrayList<Path>();
            jars.forEach(found::add);
            if (found.size() != 1) {
                throw new IllegalStateException("run mvn package first: one jar is needed, but there are " + found);
            }
            return found.get(0).toAbsolutePath();
        }
    }

    private static Path existing(Path file) {
        if (!Files.isExecutable(file)) {
            throw new IllegalStateException("run mvn package first: there is no " + file);
        }
        return file.toAbsolutePath();
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
