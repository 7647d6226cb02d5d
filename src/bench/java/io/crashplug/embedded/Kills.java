package io.crashplug.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills writers on an H2 file again and again, first such that take turns, then such that do not, and prints after how
 * many kills a table was damaged.
 */
public final class Kills {

    private static final int LEAST_MILLIS = 700;
    private static final int MORE_MILLIS = 900;
    private static final int KILLS = 150;

    private Kills() {}

    /** Kills; the argument is a directory for the files. {@code -Dbench.options=300} for another number than 150. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        var options = System.getProperty("bench.options", "");
        int most = options.isEmpty() ? KILLS : Integer.parseInt(options);
        for (boolean inTurns : new boolean[] {true, false}) {
            var file = Files.createDirectories(Path.of(arguments[0]))
                    .resolve(inTurns ? "in-turns" : "at-once")
                    .toAbsolutePath();
            Files.deleteIfExists(Path.of(file + ".mv.db"));
            System.out.printf(
                    "writers %s: %s%n", inTurns ? "in turns" : "at once", kill(file, inTurns, most, new Random()));
        }
    }

    private static String kill(Path file, boolean inTurns, int most, Random random)
            throws IOException, InterruptedException {
        for (int kills = 0; kills < most; kills++) {
            var writers = start(file, inTurns);
            if (writers.waitFor(LEAST_MILLIS + random.nextInt(MORE_MILLIS), TimeUnit.MILLISECONDS)) {
                if (writers.exitValue() != Writers.DAMAGED) {
                    throw new IllegalStateException("the writers ended with %d".formatted(writers.exitValue()));
                }
                return "damaged after %d kills".formatted(kills);
            }
            writers.destroyForcibly().waitFor();
        }
        return "whole after %d kills".formatted(most);
    }

    private static Process start(Path file, boolean inTurns) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writers.class.getName(),
                        file.toString(),
                        Boolean.toString(inTurns)))
                .inheritIO()
                .start();
    }
}
