package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.Recordings;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A machine from /proc/iomem alone, as text. */
class ListingImportTests extends RefusalTest {

    private static final String LISTING = "00001000-0009fbff : System RAM\n00100000-7ffddfff : System RAM\n";

    private Response send(String iomem, Map<String, String> query) {
        return api().contentType(ContentType.TEXT)
                .accept(ContentType.JSON)
                .queryParams(query)
                .body(iomem)
                .post("/machine-imports");
    }

    private static String codes(JsonNode imported) {
        return imported.get("warnings")
                .valueStream()
                .map(warning -> warning.get("code").stringValue())
                .toList()
                .toString();
    }

    /** A listing of a recorded guest leads to the layout that its bundle leads to. */
    @Test
    void leadsToTheLayoutOfTheBundle() {
        var step = Recordings.steps("k612-nokaslr").get(0);
        var cpus = Map.of(
                "possible",
                step.text("cpu_possible.txt").strip(),
                "present",
                step.text("cpu_present.txt").strip());
        var name = newName("listing");
        var query = new java.util.HashMap<>(cpus);
        query.putAll(Map.of("name", name, "kernelRelease", "6.12.95+deb12-amd64"));
        var imported = body(send(step.text("iomem.txt"), query), 201);
        var other = importGuest(JSON.writeValueAsString(
                Map.of("name", newName("bundle"), "iomem", step.text("iomem.txt"), "cpus", cpus)));
        assertThat(imported.at("/machine/memory")).isEqualTo(other.at("/machine/memory"));
        assertThat(imported.at("/machine/cpus")).isEqualTo(other.at("/machine/cpus"));
        assertThat(imported.at("/machine/name").stringValue()).isEqualTo(name);
        assertThat(imported.at("/machine/kernel/profile").stringValue()).isEqualTo("LINUX_6_9");
        assertThat(imported.get("exactness").stringValue()).isEqualTo("RANGES_ONLY");
    }

    @Test
    void whatTheListingDoesNotTellIsSaidToBeMissing() {
        var imported = body(send(LISTING, Map.of("name", newName("bare"))), 201);
        assertThat(imported.get("missing").toString()).contains("cpus", "kernelRelease", "crashNotes", "pageOffset");
        assertThat(codes(imported)).contains("possible-cpus-assumed", "no-crash-kernel");
        assertThat(imported.at("/machine/cpus/possible").stringValue()).isEqualTo("0");
    }

    @Test
    void theProfileThatIsGivenIsTaken() {
        var imported =
                body(send(LISTING, Map.of("name", newName("profile"), "profile", "LINUX_6_6", "possible", "0-3")), 201);
        assertThat(imported.at("/machine/kernel/profile").stringValue()).isEqualTo("LINUX_6_6");
        assertThat(imported.at("/machine/cpus/present").stringValue()).isEqualTo("0-3");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,   -,        -,   name, name is missing
            a b, -,        -,   name, 'a name begins with a letter or digit, has up to 63 letters, digits, dots, underscores and hyphens, and is not a UUID'
            a,   NONE,     -,   profile, profile has a value it cannot have
            a,   -,        x,   possible, '\"x\" is not a CPU list such as \"0-3,7\"'
            """)
    void aParameterThatCannotBeIsRefused(
            String name, String profile, String possible, String pointer, String sentence) {
        var query = new java.util.HashMap<String, String>();
        query.put("name", name);
        query.put("profile", profile);
        query.put("possible", possible);
        query.values().removeIf(java.util.Objects::isNull);
        invalid(() -> send(LISTING, query), pointer, sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "'00000000-00000000 : System RAM', the addresses are all zero: /proc/iomem was read without privilege; read it as root",
        "'00001000-0009fbff : System RAM\n...', the listing is cut at line 2",
        "'{\"name\": \"a\"}', 'line 1 has not the form of /proc/iomem, start-end : name'"
    })
    void whatIsNoListingIsRefused(String text, String sentence) {
        invalid(() -> send(text, Map.of("name", "a")), "", sentence);
    }
}
