package io.crashplug.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line that {@code bin/crashplug} becomes, told by a program that stands where it looks for Java. */
class LauncherTests {

    private static final List<String> CHOSEN =
            List.of("-XX:MaxInlineLevel=9", "-XX:FreqInlineSize=150", "-XX:InlineSmallCode=1000", "-XX:+UseParallelGC");

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void layOut() throws IOException {
        var java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        // Real, since the script looks behind links for where it lies.
        home = Files.createDirectories(folder.resolve("a service")).toRealPath();
        Files.copy(
                Path.of("src/packaging/bin/crashplug"),
                Files.createDirectory(home.resolve("bin")).resolve("crashplug"));
    }

    private List<String> started(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", home.resolve("bin/crashplug").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().putAll(variables);
        var process = builder.start();
        var lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    @Test
    void choosesOptionsForSpeedAndPassesArgumentsOn() throws IOException, InterruptedException {
        var expected = new ArrayList<>(List.of("-XX:+ExitOnOutOfMemoryError"));
        expected.addAll(CHOSEN);
        expected.addAll(List.of("-jar", home + "/crashplug.jar", "--server.port=8081", "two words"));

        assertThat(started(Map.of(), "--server.port=8081", "two words")).isEqualTo(expected);
    }

    /** What the operator has chosen is left to Java, which would else take the launcher's, or refuse two collectors. */
    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -XX:+UseZGC, -XX:+UseParallelGC",
        "JDK_JAVA_OPTIONS, -Xmx2g -XX:+UseSerialGC -Da=b, -XX:+UseParallelGC",
        "JAVA_TOOL_OPTIONS, -XX:InlineSmallCode=2500, -XX:InlineSmallCode=1000",
        "JDK_JAVA_OPTIONS, -Da=b -XX:FreqInlineSize=325, -XX:FreqInlineSize=150",
        "JDK_JAVA_OPTIONS, -XX:MaxInlineLevel=15 -Da=b, -XX:MaxInlineLevel=9"
    })
    void leavesOutWhatIsChosenInAVariable(String variable, String options, String leftOut)
            throws IOException, InterruptedException {
        assertThat(started(Map.of(variable, options)))
                .doesNotContain(leftOut)
                .containsAll(CHOSEN.stream()
                        .filter(option -> !option.equals(leftOut))
                        .toList());
    }

    /** Options that do not choose any of these. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xmx2g", "-XX:+UseStringDeduplication", "-XX:MaxGCPauseMillis=50", "-XX:MaxInlineSize=35"})
    void keepsItsOwnBesideOthers(String options) throws IOException, InterruptedException {
        assertThat(started(Map.of("JDK_JAVA_OPTIONS", options))).containsAll(CHOSEN);
    }

    @Test
    void takesTheArchiveThatPrepareMade() throws IOException, InterruptedException {
        Files.createFile(home.resolve("crashplug.jsa"));
        assertThat(started(Map.of())).contains("-XX:SharedArchiveFile=" + home + "/crashplug.jsa");

        Files.createFile(home.resolve("crashplug.aot"));
        assertThat(started(Map.of()))
                .contains("-XX:+IgnoreUnrecognizedVMOptions", "-XX:AOTCache=" + home + "/crashplug.aot")
                .noneMatch(option -> option.startsWith("-XX:SharedArchiveFile"));
    }
}
