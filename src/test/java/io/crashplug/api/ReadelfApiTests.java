package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import io.crashplug.testdata.Vectors;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The text form of golden headers, byte for byte as {@code readelf -hlW} prints the bytes that the API answers. */
class ReadelfApiTests extends ApiTest {

    @TempDir
    static Path directory;

    @BeforeAll
    static void readelfIsInstalled() throws InterruptedException {
        try {
            new ProcessBuilder("readelf", "--version")
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            var sentence = "NO READELF: the text form is not compared with its output; install binutils";
            if ("true".equals(System.getenv("CI"))) {
                fail(sentence, e);
            }
            System.err.println(sentence);
            abort(sentence);
        }
    }

    @TestFactory
    Stream<DynamicTest> theHeaderInForceReadsAsReadelfReadsIt() {
        var steps = Recordings.SESSIONS.stream()
                .map(Recordings::steps)
                .map(session -> session.get(session.size() - 1))
                .toList();
        assertThat(steps).hasSize(5);
        return steps.stream()
                .map(step -> dynamicTest(step.name(), () -> {
                    var name = newName("readelf");
                    importGuest(RecordedBundle.everything(step, name));
                    var segment = Requests.segment(step.segmentAddress(), step.segmentSizeBytes(), step.head());
                    load(name, Requests.userspaceLoad(List.of("KEXEC_ON_CRASH"), List.of(segment)));
                    assertThat(header(name)).isEqualTo(step.head());
                    assertReadAlike(
                            header(name), api().accept(ContentType.TEXT).get("/machines/{machine}/elfcorehdr", name));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyRecordedHeaderDecodesAsReadelfReadsIt() {
        var steps = Recordings.stepsWithHeader();
        assertThat(steps).hasSize(57);
        return steps.stream().map((RecordedStep step) -> dynamicTest(step.name(), () -> assertDecoded(step.head())));
    }

    @TestFactory
    Stream<DynamicTest> everyVectorsHeaderDecodesAsReadelfReadsIt() {
        var files = Vectors.cases().stream()
                .filter(vector -> vector.get("expect").has("file"))
                .map(vector -> Vectors.text(vector.get("expect"), "file"))
                .toList();
        assertThat(files).hasSize(143);
        return files.stream().map(file -> dynamicTest(file, () -> assertDecoded(Vectors.bytes(file))));
    }

    private void assertDecoded(byte[] header) {
        var bytes = decode(header, ContentType.BINARY);
        // How many CPUs are possible, and so how long the zero tail is, a header does not tell.
        assertThat(header).startsWith(bytes.asByteArray());
        assertReadAlike(bytes.asByteArray(), decode(header, ContentType.TEXT));
    }

    private Response decode(byte[] header, ContentType form) {
        var answer =
                api().contentType(ContentType.BINARY).accept(form).body(header).post("/elfcorehdr-decodings");
        assertThat(answer.statusCode()).as(answer::asString).isEqualTo(200);
        return answer;
    }

    private static void assertReadAlike(byte[] header, Response answer) {
        assertThat(answer.contentType()).startsWith("text/plain");
        assertThat(new String(answer.asByteArray(), StandardCharsets.UTF_8)).isEqualTo(readelf(header));
    }

    private static String readelf(byte[] header) {
        try {
            var file = Files.write(directory.resolve("elfcorehdr"), header);
            var command = new ProcessBuilder("readelf", "-hlW", file.toString()).redirectError(Redirect.INHERIT);
            command.environment().put("LC_ALL", "C");
            var readelf = command.start();
            var output = new String(readelf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(readelf.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
