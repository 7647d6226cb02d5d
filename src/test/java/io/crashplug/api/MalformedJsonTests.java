package io.crashplug.api;

import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is not JSON, or not of the form that its resource takes, is refused with the place. */
class MalformedJsonTests extends RefusalTest {

    private static final String REST = """
            , "cpus": {"possible": "0", "present": "0"}, "memory": {"systemRam": [{"start": "0x0", "end": "0xfff"}]}}""";

    static Stream<Arguments> bodies() {
        return Stream.of(
                row("{", "", "not JSON at line 1, column 2: Unexpected end-of-input: expected close marker for Object"),
                row(
                        "{\"name\": \"a\"",
                        "",
                        "not JSON at line 1, column 13: Unexpected end-of-input: expected close marker for Object"),
                row("{\"name\" \"a\"}", "", "not JSON at line 1, column 9: Unexpected character"),
                row("{'name': \"a\"}", "", "not JSON at line 1, column 2: Unexpected character"),
                row(
                        "{\"cpus\": {\"possible\": nil}}",
                        "/cpus",
                        "not JSON at line 1, column 23: Unrecognized token 'nil': was expecting"),
                row(
                        "{\"name\": \"a\", \"name\": \"b\"}",
                        "",
                        "not JSON at line 1, column 21: Duplicate Object property \"name\""),
                row(
                        "{\"cpus\": {\"possible\": \"0\", \"possible\": \"0-1\"}}",
                        "/cpus",
                        "not JSON at line 1, column 38: Duplicate Object property \"possible\""),
                row(
                        "{\"name\": \"a\"" + REST + "}",
                        "",
                        "not JSON at line 1, column 118: Unexpected close marker '}': no open Object to close"),
                row("{\"name\": \"a\"" + REST + " {}", "", "the value is not an object"),
                row("[]", "", "the value is not an object"),
                row("\"machine\"", "", "the value is not an object"),
                row("7", "", "the value is not an object"),
                row(
                        "{\"name\": \"a\u0001\"" + REST,
                        "/name",
                        "not JSON at line 1, column 12: Illegal unquoted character"),
                row(
                        "{\"name\": \"a\\ud800\"" + REST,
                        "/name",
                        "a name begins with a letter or digit, has up to 63 letters, digits, dots, underscores and hyphens, and is not a UUID"),
                row("{\"kernel\": " + "[".repeat(2000), "/kernel", "the value is not an object"),
                row(
                        "{\"kernel\": {\"totalRamPages\": " + "9".repeat(2000) + "}" + REST,
                        "/kernel",
                        "the value is longer, or nested deeper, than the service reads"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatIsNoJsonIsRefusedWithItsPlace(String body, String pointer, String sentence) {
        invalid(() -> post("/machines", body), pointer, sentence);
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                row("{\"name\": \"a\", \"color\": \"red\"" + REST, "/color", "there is no field \"color\" here"),
                row("{\"name\": \"a\", \"a/b~c\": 1" + REST, "/a~1b~0c", "there is no field \"a/b~c\" here"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"profil\": \"RFC_V2\"}" + REST,
                        "/kernel/profil",
                        "there is no field \"profil\" here"),
                row("{\"name\": 7" + REST, "/name", "the value is not text"),
                row("{\"name\": true" + REST, "/name", "the value is not text"),
                row("{\"name\": [\"a\"]" + REST, "/name", "the value is not text"),
                row("{\"name\": null" + REST, "/name", "name is missing"),
                row("{\"name\": \"a\", \"labels\": [\"k\"]" + REST, "/labels", "the value is not an object"),
                row("{\"name\": \"a\", \"labels\": {\"k\": 7}" + REST, "/labels/k", "the value is not text"),
                row("{\"name\": \"a\", \"labels\": {\"k\": null}" + REST, "/labels/k", "labels/k is missing"),
                row("{\"name\": \"a\", \"kernel\": \"6.12\"" + REST, "/kernel", "the value is not an object"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"profile\": \"LINUX_7\"}" + REST,
                        "/kernel/profile",
                        "\"LINUX_7\" is none of [LINUX_BEFORE_6_6, RFC_V2, LINUX_6_6, LINUX_6_9]"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"profile\": 1}" + REST,
                        "/kernel/profile",
                        "\"1\" is none of [LINUX_BEFORE_6_6, RFC_V2, LINUX_6_6, LINUX_6_9]"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"memoryHotplug\": \"true\"}" + REST,
                        "/kernel/memoryHotplug",
                        "the value is not true or false"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"memoryHotplug\": 1}" + REST,
                        "/kernel/memoryHotplug",
                        "the value is not true or false"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"nrCpusDefault\": \"8\"}" + REST,
                        "/kernel/nrCpusDefault",
                        "the value is not a whole number within bounds"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"nrCpusDefault\": 8.5}" + REST,
                        "/kernel/nrCpusDefault",
                        "the value is not a whole number within bounds"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"nrCpusDefault\": 1e3}" + REST,
                        "/kernel/nrCpusDefault",
                        "the value is not a whole number within bounds"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"nrCpusDefault\": 2147483648}" + REST,
                        "/kernel/nrCpusDefault",
                        "the value is not a whole number within bounds"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"pageOffset\": 4096}" + REST,
                        "/kernel/pageOffset",
                        "the value is not text"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"pageOffset\": \"4096\"}" + REST,
                        "/kernel/pageOffset",
                        "\"4096\" is not an address such as \"0x140000000\""));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldThatIsUnknownOrOfAnotherTypeIsNamed(String body, String pointer, String sentence) {
        invalid(() -> post("/machines", body), pointer, sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void aBodyThatIsMissingIsAskedFor(String body) {
        refused(() -> post("/machines", body), 400, "invalid-request", "the body is missing or cannot be read");
    }

    /** Half of a surrogate pair is no character: it could be neither stored nor answered. */
    static Stream<Arguments> halves() {
        return Stream.of(
                row(
                        "{\"name\": \"a\", \"description\": \"\\ud800\"" + REST,
                        "/description",
                        "description holds half a surrogate pair"),
                row(
                        "{\"name\": \"a\", \"labels\": {\"k\": \"\\udc00\"}" + REST,
                        "/labels/k",
                        "labels/k holds half a surrogate pair"),
                row(
                        "{\"name\": \"a\", \"labels\": {\"\\udc00\": \"\"}" + REST,
                        "/labels",
                        "not JSON at line 1, column 33: Unexpected low surrogate in property name"),
                row(
                        "{\"name\": \"a\", \"\\ud800\": 1" + REST,
                        "",
                        "not JSON at line 1, column 22: Broken surrogate pair in property name: expected '\\' to start low surrogate, got 0x22"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"release\": \"\\ud800\"}" + REST,
                        "/kernel/release",
                        "release holds half a surrogate pair"),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"pageOffset\": \"\\ud800\"}" + REST,
                        "/kernel/pageOffset",
                        "\"?\" is not an address such as \"0x140000000\""),
                row(
                        "{\"name\": \"a\", \"kernel\": {\"profile\": \"\\ud800\"}" + REST,
                        "/kernel/profile",
                        "\"?\" is none of [LINUX_BEFORE_6_6, RFC_V2, LINUX_6_6, LINUX_6_9]"));
    }

    @ParameterizedTest
    @MethodSource("halves")
    void halfACharacterIsRefused(String body, String pointer, String sentence) {
        invalid(() -> post("/machines", body), pointer, sentence);
    }

    @Test
    void textInAnotherEncodingIsRefused() {
        var latin1 = "{\"name\": \"a\", \"description\": \"f\u00fcr\"" + REST;
        invalid(
                () -> api().contentType(ContentType.JSON)
                        .body(latin1.getBytes(StandardCharsets.ISO_8859_1))
                        .post("/machines"),
                "/description",
                "not JSON at line 1, column 33: Invalid UTF-8 start byte 0xfc");
    }
}
