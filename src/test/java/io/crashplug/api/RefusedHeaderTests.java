package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.crashplug.testdata.Recordings;
import io.restassured.http.ContentType;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Bytes that are no elfcorehdr of an x86_64 Linux are decoded and imported in no form. */
class RefusedHeaderTests extends RefusalTest {

    /** The header of a recorded guest with one byte changed. */
    private static byte[] with(int offset, int value) {
        var header = recorded();
        header[offset] = (byte) value;
        return header;
    }

    private static byte[] recorded() {
        return Recordings.steps("k612-nokaslr").get(1).head().clone();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments(new byte[63], "63 bytes are fewer than the 64 of an ELF header"),
                arguments(new byte[4096], "byte 0 of the ELF magic is 0, not 127"),
                arguments(with(3, 'G'), "byte 3 of the ELF magic is 71, not 70"),
                arguments(with(4, 1), "the ELF class is 1, not 2"),
                arguments(with(5, 2), "the ELF data encoding is 2, not 1"),
                arguments(with(16, 2), "e_type is 2, not 4"),
                arguments(with(18, 183), "e_machine is 183, not 62"),
                arguments(with(54, 32), "e_phentsize is 32, not 56"),
                arguments(with(39, 0x80), "e_phoff 9223372036854775872 lies outside the 4096 bytes"),
                arguments(with(32, 0), "e_phoff 0 lies outside the 4096 bytes"),
                arguments(with(57, 1), "269 program headers end at byte 15128, but there are only 4096 bytes"),
                arguments(
                        Arrays.copyOf(recorded(), 64),
                        "13 program headers end at byte 792, but there are only 64 bytes"),
                arguments(
                        Arrays.copyOf(recorded(), 65),
                        "13 program headers end at byte 792, but there are only 65 bytes"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void whatIsNoHeaderIsNotDecoded(byte[] bytes, String sentence) {
        for (var form : new ContentType[] {ContentType.JSON, ContentType.TEXT, ContentType.BINARY}) {
            refused(
                    () -> api().contentType(ContentType.BINARY)
                            .accept(form)
                            .body(bytes)
                            .post("/elfcorehdr-decodings"),
                    400,
                    "invalid-request",
                    sentence);
        }
    }

    @ParameterizedTest
    @MethodSource("headers")
    void whatIsNoHeaderIsNotImported(byte[] bytes, String sentence) {
        var bundle = JsonNodeFactory.instance
                .objectNode()
                .put("name", "a")
                .put("iomem", "00001000-0009fbff : System RAM\n")
                .put("elfcorehdr", Base64.getEncoder().encodeToString(bytes));
        invalid(() -> post("/machine-imports", bundle), "/elfcorehdr", sentence);
    }

    @Test
    void theRecordedHeaderItselfIsDecoded() {
        assertThat(body(
                                api().contentType(ContentType.BINARY)
                                        .accept(ContentType.JSON)
                                        .body(recorded())
                                        .post("/elfcorehdr-decodings"),
                                200)
                        .get("elfszBytes")
                        .intValue())
                .isEqualTo(4096);
    }

    @Test
    void noBytesAreNoHeader() {
        refused(
                () -> api().contentType(ContentType.BINARY).body(new byte[0]).post("/elfcorehdr-decodings"),
                400,
                "invalid-request",
                "the body is missing or cannot be read");
    }

    private static String preview(String ram, String more) {
        return ("{\"cpus\": {\"possible\": \"0-3\", \"present\": \"0-1\"}, \"memory\": {\"systemRam\": [%s]}%s}")
                .formatted(ram, more);
    }

    private static final String RAM = "{\"start\": \"0x100000\", \"end\": \"0x1fffff\"}";

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/octet-stream"})
    void aHeaderThatDoesNotFitIsNotPreviewed(String form) {
        var problem = refused(
                () -> api().contentType(ContentType.JSON)
                        .accept(form)
                        .body(preview(RAM, ", \"memszBytes\": 4095"))
                        .post("/elfcorehdr-previews"),
                409,
                "elfcorehdr-too-large",
                "update elfcorehdr elfsz 4096 > memsz 4095");
        assertThat(problem.get("elfszBytes").intValue()).isEqualTo(4096);
        assertThat(problem.get("memszBytes").intValue()).isEqualTo(4095);
    }

    @Test
    void aHeaderOfNoMemoryIsNotBuildable() {
        var problem = refused(
                () -> post("/elfcorehdr-previews", preview("", "")),
                422,
                "elfcorehdr-not-buildable",
                "unable to prepare elfcore headers");
        assertThat(problem.get("errno").stringValue()).isEqualTo("ENOMEM");
    }

    @Test
    void memoryThatOverlapsIsNotPreviewed() {
        refused(
                () -> post("/elfcorehdr-previews", preview(RAM + ", " + RAM, "")),
                422,
                "range-overlap",
                "0x100000-0x1fffff overlaps System RAM 0x100000-0x1fffff");
    }

    static Stream<Arguments> previews() {
        return Stream.of(
                row(preview(RAM, ", \"removingCpu\": 8192"), "/removingCpu", "CPU 8192 is not between 0 and 8191"),
                row(
                        preview(RAM, ", \"removingCpu\": \"1\""),
                        "/removingCpu",
                        "the value is not a whole number within bounds"),
                row(
                        preview(RAM, ", \"memszBytes\": -1"),
                        "/memszBytes",
                        "memszBytes is -1, not between 0 and 9223372036854775807"),
                row(preview(RAM, ", \"name\": \"a\""), "/name", "there is no field \"name\" here"),
                row(
                        preview("{\"start\": \"0x0\", \"end\": \"0x400000000000\"}", ""),
                        "/memory/systemRam/0",
                        "0x0-0x400000000000 lies above the 46 physical address bits"));
    }

    @ParameterizedTest
    @MethodSource("previews")
    void whatIsNoGuestIsNotPreviewed(String body, String pointer, String sentence) {
        invalid(() -> post("/elfcorehdr-previews", body), pointer, sentence);
    }
}
