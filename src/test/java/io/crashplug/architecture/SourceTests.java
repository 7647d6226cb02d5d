package io.crashplug.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the house that only the source shows. */
class SourceTests {

    private static final Path MAIN = Path.of("src/main/java");

    @Test
    void classesAreSmall() {
        var lines = sources().map(SourceTests::lines).sorted().toList();
        assertThat(lines.get(lines.size() - 1)).as("the longest").isLessThanOrEqualTo(300);
        assertThat(lines.get(lines.size() / 2)).as("half are under this").isLessThan(60);
        assertThat(lines.get(lines.size() * 9 / 10))
                .as("nine in ten are under this")
                .isLessThan(120);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() {
        var packages = sources().map(Path::getParent).distinct().map(folder -> folder.resolve("package-info.java"));
        assertThat(packages)
                .allSatisfy(info -> assertThat(info)
                        .exists()
                        .content()
                        .contains("@NullMarked")
                        .startsWith("/**"));
    }

    @Test
    void nothingIsLeftOpen() {
        assertThat(sources())
                .allSatisfy(source -> assertThat(source)
                        .content()
                        .doesNotContain("TODO", "FIXME", "XXX", "UnsupportedOperationException", "@author"));
    }

    private static Stream<Path> sources() {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lines(Path source) {
        try {
            return List.copyOf(Files.readAllLines(source)).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
