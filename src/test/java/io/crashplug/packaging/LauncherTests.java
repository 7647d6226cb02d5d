package io.crashplug.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line that {@code bin/crashplug} becomes, told by a program that stands where it looks for Java. */
class LauncherTests {

    private static final List<String> CHOSEN =
            List.of("-XX:+UseParallelGC", "-XX:InlineSmallCode=1000", "-XX:FreqInlineSize=150", "-XX:MaxInlineLevel=9");

    @TempDir
    private Path folder;

    private Path java;
    private Path home;

    @BeforeEach
    void layOut() throws IOException {
        java = Files.createDirectories(folder.resolve("java home/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        // Real, since the script looks behind links for where it lies.
        home = Files.createDirectories(folder.resolve("a service")).toRealPath();
        Files.copy(
                Path.of("src/packaging/bin/crashplug"),
                Files.createDirectory(home.resolve("bin")).resolve("crashplug"));
    }

    /** Runs {@code env} with what it is told, which ends with the shell, then the launcher. */
    private List<String> ran(List<String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "env", "-u", "JAVA_HOME", "-u", "JAVA_TOOL_OPTIONS", "-u", "JDK_JAVA_OPTIONS", "-u", "_JAVA_OPTIONS"));
        command.addAll(environment);
        command.add(home.resolve("bin/crashplug").toString());
        command.addAll(List.of(arguments));
        var ended = ExternalTool.run(folder, command);
        assertThat(ended.status()).as(ended::said).isZero();
        return ended.said().lines().toList();
    }

    private List<String> started(String... variables) throws IOException, InterruptedException {
        var environment = new ArrayList<>(List.of("JAVA_HOME=" + folder.resolve("java home")));
        environment.addAll(List.of(variables));
        environment.add("sh");
        return ran(environment);
    }

    /** Under each shell that systems call sh. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox ash"})
    void choosesOptionsForSpeedAndPassesArgumentsOn(String shell) throws IOException, InterruptedException {
        var words = List.of(shell.split(" "));
        ExternalTool.requireInstalled(words.get(0), "the launcher is not run under it");
        var environment = new ArrayList<>(List.of("PATH=" + java.getParent() + ":" + System.getenv("PATH")));
        environment.addAll(words);
        var expected = new ArrayList<>(List.of("-XX:+ExitOnOutOfMemoryError"));
        expected.addAll(CHOSEN);
        expected.addAll(List.of("-jar", home + "/crashplug.jar", "--server.port=8081", "two words", "*"));

        assertThat(ran(environment, "--server.port=8081", "two words", "*")).isEqualTo(expected);
    }

    /** What the operator has chosen is left to Java, which would else take the launcher's, or refuse two collectors. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "JAVA_TOOL_OPTIONS, -XX:+UseZGC, -XX:+UseParallelGC",
                "JDK_JAVA_OPTIONS, -Xmx2g -XX:+UseSerialGC -Da=b, -XX:+UseParallelGC",
                "JDK_JAVA_OPTIONS, \"-XX:+UseSerialGC\", -XX:+UseParallelGC",
                "JDK_JAVA_OPTIONS, `-XX:+UseSerialGC\t-Da=b`, -XX:+UseParallelGC",
                "_JAVA_OPTIONS, `-Da=b\n-XX:+UseG1GC\n`, -XX:+UseParallelGC",
                "JAVA_TOOL_OPTIONS, -XX:InlineSmallCode=2500, -XX:InlineSmallCode=1000",
                "JDK_JAVA_OPTIONS, -Da=b -XX:FreqInlineSize=325, -XX:FreqInlineSize=150",
                "JDK_JAVA_OPTIONS, -XX:MaxInlineLevel=15 -Da=b, -XX:MaxInlineLevel=9",
                "JDK_JAVA_OPTIONS, -XX:\"MaxInlineLevel=15\", -XX:MaxInlineLevel=9"
            })
    void leavesOutWhatAVariableChooses(String variable, String options, String leftOut)
            throws IOException, InterruptedException {
        assertThat(started(variable + "=" + options))
                .doesNotContain(leftOut)
                .containsAll(CHOSEN.stream()
                        .filter(option -> !option.equals(leftOut))
                        .toList());
    }

    @Test
    void looksAtAllVariables() throws IOException, InterruptedException {
        assertThat(started("JAVA_TOOL_OPTIONS=-XX:MaxInlineLevel=12", "JDK_JAVA_OPTIONS=-XX:+UseG1GC"))
                .containsSubsequence("-XX:InlineSmallCode=1000", "-XX:FreqInlineSize=150", "-jar")
                .doesNotContain("-XX:+UseParallelGC", "-XX:MaxInlineLevel=9");
    }

    /** Options that choose none of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx2g",
                "-XX:+UseStringDeduplication -Dname=myGC",
                "-XX:+DisableExplicitGC",
                "-XX:+UseMaximumCompactionOnSystemGC",
                "-XX:C1MaxInlineLevel=5",
                "-Dx=-XX:MaxInlineLevel=5"
            })
    void keepsItsOwnBesideOthers(String options) throws IOException, InterruptedException {
        assertThat(started("JDK_JAVA_OPTIONS=" + options)).containsAll(CHOSEN);
    }

    @Test
    void takesTheArchiveThatPrepareMade() throws IOException, InterruptedException {
        Files.createFile(home.resolve("crashplug.jsa"));
        assertThat(started()).containsSubsequence("-XX:SharedArchiveFile=" + home + "/crashplug.jsa", "-jar");

        Files.createFile(home.resolve("crashplug.aot"));
        assertThat(started())
                .containsSubsequence(
                        "-XX:+IgnoreUnrecognizedVMOptions", "-XX:AOTCache=" + home + "/crashplug.aot", "-jar")
                .noneMatch(option -> option.startsWith("-XX:SharedArchiveFile"));
    }
}
