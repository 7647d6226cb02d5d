package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.testdata.Recordings;
import io.crashplug.testdata.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every golden header as {@code readelf -hlW} reads it, which knows nothing of this code. */
class ReadelfTests {

    /** Type, offset, virtual and physical address, file and memory size, flags if any, alignment. */
    private static final Pattern ROW =
            Pattern.compile(" +(NOTE|LOAD) +0x(\\w+) 0x(\\w+) 0x(\\w+) 0x(\\w+) 0x(\\w+) ([RWE ]{3}) (?:0x)?(\\w+)");

    @TempDir
    static Path directory;

    @BeforeAll
    static void readelfIsInstalled() throws InterruptedException {
        try {
            new ProcessBuilder("readelf", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            var sentence = "NO READELF: the golden headers are not checked against it; install binutils";
            if ("true".equals(System.getenv("CI"))) {
                fail(sentence, e);
            }
            System.err.println(sentence);
            abort(sentence);
        }
    }

    @TestFactory
    Stream<DynamicTest> readelfReadsEveryVectorsHeaderAsWeDo() {
        return Vectors.cases().stream()
                .filter(vector -> vector.get("expect").has("file"))
                .filter(vector -> !Vectors.text(vector, "desc").startsWith("e_phnum wraps"))
                .map(vector -> Vectors.text(vector.get("expect"), "file"))
                .map(file -> dynamicTest(file, () -> assertReadAlike(Vectors.bytes(file))));
    }

    @TestFactory
    Stream<DynamicTest> readelfReadsEveryRecordedHeaderAsWeDo() {
        return Recordings.stepsWithHeader().stream()
                .map(step -> dynamicTest(step.name(), () -> assertReadAlike(step.head())));
    }

    private static void assertReadAlike(byte[] header) {
        var decoded = DecodedHeader.parse(HeaderBytes.of(header));
        var output = readelf(header);
        assertThat(output)
                .containsPattern("Class: +ELF64\n")
                .containsPattern("Data: +2's complement, little endian\n")
                .containsPattern("Type: +CORE ")
                .containsPattern("Machine: +Advanced Micro Devices X86-64\n")
                .containsPattern("Start of program headers: +64 ")
                .containsPattern(
                        "Number of program headers: +" + decoded.phdrs().size() + "\n")
                .doesNotContainIgnoringCase("warning")
                .doesNotContainIgnoringCase("error");
        assertThat(rows(output)).isEqualTo(decoded.phdrs());
    }

    private static List<Elf64Phdr> rows(String output) {
        return output.lines()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Elf64Phdr(
                        row.group(1).equals("LOAD") ? 1 : 4,
                        flags(row.group(7)),
                        hex(row.group(2)),
                        hex(row.group(3)),
                        hex(row.group(4)),
                        hex(row.group(5)),
                        hex(row.group(6)),
                        hex(row.group(8))))
                .toList();
    }

    private static int flags(String letters) {
        return (letters.contains("R") ? 4 : 0) + (letters.contains("W") ? 2 : 0) + (letters.contains("E") ? 1 : 0);
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }

    private static String readelf(byte[] header) {
        try {
            var file = Files.write(directory.resolve("elfcorehdr"), header);
            var command = new ProcessBuilder("readelf", "-hlW", file.toString()).redirectErrorStream(true);
            command.environment().put("LC_ALL", "C");
            var readelf = command.start();
            var output = new String(readelf.getInputStream().readAllBytes());
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
