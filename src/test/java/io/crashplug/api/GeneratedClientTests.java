package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** The client that openapi-generator makes of the document compiles, and does the main job. */
@TestPropertySource(properties = "spring.application.name=crashplug-client")
class GeneratedClientTests extends ApiTest {

    private static final Path GENERATED = Path.of("target/generated-client/src/main/java");
    private static final Path JOB = Path.of("src/test/resources/client/MainJob.java");

    @Value("${local.server.port}")
    private int port;

    private static void compile(Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var sources = Files.walk(GENERATED)) {
            var all = Stream.concat(sources.filter(file -> file.toString().endsWith(".java")), Stream.of(JOB))
                    .toList();
            assertThat(all).hasSizeGreaterThan(50);
            var options = List.of("-d", classes.toString(), "-nowarn", "-proc:none", "--release", "17");
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                            .call())
                    .as(said::toString)
                    .isTrue();
        }
    }

    @Test
    void doesTheMainJob(@TempDir Path classes) throws IOException, ReflectiveOperationException {
        compile(classes);
        try (var loader = new URLClassLoader(new java.net.URL[] {classes.toUri().toURL()})) {
            var said = loader.loadClass("MainJob")
                    .getMethod("run", String.class, Path.class)
                    .invoke(null, "http://127.0.0.1:" + port, Path.of("examples"));
            assertThat(said)
                    .isEqualTo(List.of(
                            "exactness EXACT",
                            "segments 1",
                            "outcome REBUILT, 14 program headers",
                            // As in the recording k612-nokaslr, step 03-dimm-add-d0-256M.
                            "sha256 df0c05d49c201a893a25f4287bfcff4f189acec0bcdecb91b7f32a33544ef802",
                            "machines 1",
                            "history 2",
                            "refused 422 /problems/range-overlap"));
        }
    }
}
