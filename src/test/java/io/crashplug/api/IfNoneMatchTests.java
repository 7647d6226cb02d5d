package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that has the present representation gets its tag and no body. */
class IfNoneMatchTests extends ApiTest {

    private final String machine = newName("cached");

    @BeforeEach
    void loadImage() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
    }

    /** A representation that has a tag. */
    private record Form(String path, String accept, String tag) {}

    static Stream<Form> forms() {
        return Stream.of(
                new Form("", "application/json", "\"\\d+\""),
                new Form("/elfcorehdr", "application/json", "\"json:1:1:[0-9a-f]{64}\""),
                new Form("/elfcorehdr", "text/plain", "\"text:1:1:[0-9a-f]{64}\""),
                new Form("/elfcorehdr", "application/octet-stream", "\"sha256:[0-9a-f]{64}\""),
                new Form("/elfcorehdr?extent=segment", "application/octet-stream", "\"sha256:[0-9a-f]{64}\""),
                new Form("/crash-image/segments/0/content", "application/octet-stream", "\"sha256:[0-9a-f]{64}\""));
    }

    private Response get(Form form, String... ifNoneMatch) {
        var request = api().accept(form.accept());
        for (var header : ifNoneMatch) {
            request.header("If-None-Match", header);
        }
        return request.get("/machines/" + machine + form.path());
    }

    private void notModified(Response answer, String tag) {
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(answer.asByteArray()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatIsKnownIsNotSentAgain(Form form) {
        var tag = get(form).header("ETag");
        assertThat(tag).matches(form.tag());

        notModified(get(form, tag), tag);
        notModified(get(form, "W/" + tag), tag);
        notModified(get(form, "\"x\", " + tag), tag);
        notModified(get(form, tag + ",\"x\""), tag);
        notModified(get(form, "\"x\"", tag), tag);
        notModified(get(form, "*"), tag);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatIsNotKnownIsSent(Form form) {
        var whole = get(form);
        assertThat(whole.statusCode()).isEqualTo(200);
        var tag = whole.header("ETag");

        for (var other : new String[] {"\"x\"", "W/\"x\", \"y\"", tag.replace("\"", ""), "\"*\"", "", "\"" + tag}) {
            var answer = get(form, other);
            assertThat(answer.statusCode()).as(other).isEqualTo(200);
            assertThat(answer.header("ETag")).isEqualTo(tag);
            assertThat(answer.asByteArray()).isEqualTo(whole.asByteArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 304", "false, 200"})
    void whatHasChangedIsSent(boolean dryRun, int status) {
        for (var form : forms().toList()) {
            var tag = get(form).header("ETag");
            post("/machines/" + machine + "/hotplug-events?dryRun=" + dryRun, SmallGuest.addAll(1 + count++, 1));
            var answer = get(form, tag);
            assertThat(answer.statusCode()).as(form.path()).isEqualTo(status);
            assertThat(answer.header("ETag").equals(tag)).isEqualTo(dryRun);
        }
    }

    private int count;
}
