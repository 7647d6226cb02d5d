package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelConfig;
import io.crashplug.testdata.Vectors;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every single header of the vectors, built without a machine. */
class PreviewVectorApiTests extends ApiTest {

    /** The capacity of the kernel's range array is no input of the API: the kernel always makes it large enough. */
    private static final List<JsonNode> CASES =
            Vectors.cases().stream().filter(vector -> !vector.has("max_ranges")).toList();

    @Test
    void everyCaseOfThreeKernelsIsBuilt() {
        assertThat(CASES.stream()
                        .collect(Collectors.groupingBy(
                                vector -> Vectors.text(vector, "variant"), Collectors.counting())))
                .isEqualTo(Map.of("rfcv2", 53L, "v6.6", 45L, "v7.0", 48L));
        assertThat(CASES.stream().filter(vector -> ret(vector) != 0)).hasSize(3);
        assertThat(CASES.stream().filter(PreviewVectorApiTests::isRefused)).hasSize(3);
    }

    @TestFactory
    Stream<DynamicTest> aPreviewIsTheHeaderThatTheKernelsFunctionsBuild() {
        return CASES.stream()
                .map(vector -> dynamicTest(Vectors.title(vector), () -> {
                    var guest = guest(vector);
                    if (ret(vector) != 0) {
                        assertNotBuildable(preview(guest, ContentType.BINARY));
                    } else if (isRefused(vector)) {
                        assertTooLarge(vector, preview(guest, ContentType.BINARY));
                    } else {
                        assertBytes(vector, preview(guest, ContentType.BINARY));
                        assertFields(vector, body(preview(guest, ContentType.JSON), 200));
                    }
                }));
    }

    private Response preview(ObjectNode guest, ContentType form) {
        return api().contentType(ContentType.JSON)
                .accept(form)
                .body(text(guest))
                .post("/elfcorehdr-previews");
    }

    private static ObjectNode guest(JsonNode vector) {
        var guest = Requests.guest(Vectors.profile(vector), KernelConfig.DEFAULT, Vectors.inputs(vector));
        int goingOffline = vector.path("offlinecpu").intValue(-1);
        if (vector.path("hotplug_event").intValue(0) == 1 && goingOffline >= 0) {
            guest.put("removingCpu", goingOffline);
        }
        if (vector.has("memsz")) {
            guest.put("memszBytes", vector.get("memsz").longValue());
        }
        return guest;
    }

    private static void assertNotBuildable(Response answer) {
        var problem = body(answer, 422);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/elfcorehdr-not-buildable");
        assertThat(problem.get("detail").stringValue()).isEqualTo("unable to prepare elfcore headers");
        assertThat(problem.get("errno").stringValue()).isEqualTo("ENOMEM");
    }

    static void assertTooLarge(JsonNode vector, Response answer) {
        int elfsz = vector.get("expect").get("elfsz").intValue();
        int memsz = vector.get("memsz").intValue();
        var problem = body(answer, 409);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/elfcorehdr-too-large");
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("update elfcorehdr elfsz %d > memsz %d".formatted(elfsz, memsz));
        assertThat(problem.get("elfszBytes").intValue()).isEqualTo(elfsz);
        assertThat(problem.get("memszBytes").intValue()).isEqualTo(memsz);
    }

    private static void assertBytes(JsonNode vector, Response answer) {
        assertThat(answer.statusCode()).as(answer::asString).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/octet-stream");
        assertThat(HeaderBytes.of(answer.asByteArray()))
                .isEqualTo(HeaderBytes.of(Vectors.bytes(Vectors.text(vector.get("expect"), "file"))));
    }

    private static void assertFields(JsonNode vector, JsonNode header) {
        var expect = vector.get("expect");
        assertThat(header.get("elfszBytes").intValue())
                .isEqualTo(expect.get("elfsz").intValue());
        assertThat(header.get("sha256").stringValue()).isEqualTo(Vectors.text(expect, "sha256"));
        assertThat(header.get("ehdr").get("phnum").intValue())
                .isEqualTo(expect.get("phnum").intValue());
        assertThat(header.get("phdrCount").intValue() % 65_536)
                .isEqualTo(expect.get("phnum").intValue());
        assertThat(header.get("phdrs")).hasSize(header.get("phdrCount").intValue());
    }

    private static int ret(JsonNode vector) {
        return vector.get("expect").get("ret").intValue();
    }

    private static boolean isRefused(JsonNode vector) {
        return vector.get("expect").path("refused").booleanValue(false);
    }
}
