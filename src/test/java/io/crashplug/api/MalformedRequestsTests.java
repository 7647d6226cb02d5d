package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/** What is not even HTTP, or is encoded in a way that the service does not read, is refused with a problem too. */
class MalformedRequestsTests extends RefusalTest {

    @Value("${local.server.port}")
    private int port;

    /** The whole answer to what is sent as it is. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void isProblem(String answer, int status) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("\r\nContent-Type: application/problem+json")
                .containsIgnoringCase("\r\nX-Request-Id: ")
                .contains("\"type\":\"/problems/")
                .contains("\"status\":" + status)
                .doesNotContain("<html", "Tomcat", "Apache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/machines/a%2fb",
                "/api/v1/machines/a\\b",
                "/api/v1/machines/a%5cb",
                "/api/v1/machines/%00",
                "/api/v1/machines/..%2f..%2fproblems",
                "/api/v1/../../etc/passwd",
                "/problems/..%2fapi",
                "/api/v1/machines/%",
                "/api/v1/machines/%zz",
                "/api/v1/machines/a;b",
                "/api/v1//machines",
                "/api/v1/machines/{a}",
                "/api/v1/machines/\"a\"",
                "/api/v1/machines?name=%",
                "/api/v1/machines/%ff%fe"
            })
    void aPathThatCannotBeReadIsRefusedOrUnknown(String path) throws IOException {
        var answer = raw("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
        isProblem(answer, answer.startsWith("HTTP/1.1 404") ? 404 : 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/machines HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /api/v1/machines HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                "GET /api/v1/machines HTTP/1.1\r\nHost: localhost\r\nno header\r\n\r\n",
                "GET /api/v1/machines HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "POST /api/v1/machines HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/machines HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n{}",
                "POST /api/v1/machines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
            })
    void whatIsNotHttpIsRefused(String request) throws IOException {
        isProblem(raw(request), 400);
    }

    /** Also where the body is not JSON but bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "Content-Length: 10\r\n\r\nabc"})
    void aBodyThatBreaksOffIsRefused(String body) throws IOException {
        var request = "POST /api/v1/elfcorehdr-decodings HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/octet-stream\r\n" + body;
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            isProblem(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8), 400);
        }
    }

    @Test
    void aRefusedRequestWhoseBodyBreaksOffIsAnsweredOnce() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var request = "POST /api/v1/machines?a=%00 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).containsOnlyOnce("\"type\":").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    /** Which nobody reads, and which is therefore not refused either. */
    @Test
    void aBodyOfAGetIsPassedOver() {
        assertThat(body(
                                api().contentType("application/json")
                                        .header("Content-Encoding", "gzip")
                                        .body("{")
                                        .get("/machines"),
                                200)
                        .has("items"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"gzip", "deflate", "'gzip, gzip'", "br"})
    void compressedBodiesAreNotRead(String encoding) {
        var problem = body(
                api().contentType("application/json")
                        .header("Content-Encoding", encoding)
                        .body("{}")
                        .post("/machines"),
                415);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/unsupported-media-type");
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("bodies are read as they are, without a Content-Encoding");
    }

    @Test
    void anEncodingThatIsNoneIsNone() {
        assertThat(body(
                                api().contentType("application/json")
                                        .header("Content-Encoding", "identity")
                                        .body("{}")
                                        .post("/machines"),
                                400)
                        .get("detail")
                        .stringValue())
                .isEqualTo("name is missing");
    }

    @Test
    void theErrorPageIsNoPage() {
        assertThat(root().get("/error").statusCode()).isEqualTo(404);
    }
}
