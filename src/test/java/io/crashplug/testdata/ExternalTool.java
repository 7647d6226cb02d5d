package io.crashplug.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that check files of the project, where they are installed. */
public final class ExternalTool {

    private static final int MOST_SECONDS = 120;

    private ExternalTool() {}

    /**
     * How a program ended.
     *
     * @param said all that it printed
     */
    public record Ended(int status, String said) {}

    /** Runs a program to its end. Where it is not installed the test that asks is {@linkplain #leftOut left out}. */
    public static Ended run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process tool;
        try {
            tool = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    leftOut(command.get(0) + " is missing, so what it would find is not looked at"), e);
        }
        tool.getOutputStream().close();
        var said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(tool.exitValue(), said);
    }

    /** Where a program is not on the path, the test that asks is {@linkplain #leftOut left out}. */
    public static void requireInstalled(String program, String consequence) {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!installed) {
            leftOut("%s is missing, so %s".formatted(program, consequence));
        }
    }

    /** Leaves the test that asks out, with a sentence on standard error; fails where {@code CI=true}. */
    public static String leftOut(String sentence) {
        if ("true".equals(System.getenv("CI"))) {
            fail(sentence);
        }
        System.err.println(sentence);
        return abort(sentence);
    }
}
