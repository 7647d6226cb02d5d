package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;

/** A body above 16 MiB is refused, and a client that sends all of it before it listens reads why. */
class LargeBodyTests extends RefusalTest {

    private static final int MOST_BYTES = 16 << 20;
    private static final String SENTENCE = "the body has more than 16777216 bytes";

    @Value("${local.server.port}")
    private int port;

    private static byte[] spaces(int count) {
        var bytes = new byte[count];
        Arrays.fill(bytes, (byte) ' ');
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "/machines, application/json",
        "/machine-imports, application/json",
        "/elfcorehdr-previews, application/json",
        "/elfcorehdr-decodings, application/octet-stream"
    })
    void seventeenMebibytesAreRefused(String path, String type) {
        var problem = refused(
                () -> api().contentType(type).body(spaces(17 << 20)).post(path), 413, "body-too-large", SENTENCE);
        assertThat(problem.get("maxBytes").intValue()).isEqualTo(MOST_BYTES);
    }

    @Test
    void theLastByteThatFitsIsReadAndTheNextIsNot() {
        invalidAt(MOST_BYTES);
        refused(
                () -> api().contentType(ContentType.BINARY)
                        .body(spaces(MOST_BYTES + 1))
                        .post("/elfcorehdr-decodings"),
                413,
                "body-too-large",
                SENTENCE);
    }

    private void invalidAt(int bytes) {
        refused(
                () -> api().contentType(ContentType.BINARY).body(spaces(bytes)).post("/elfcorehdr-decodings"),
                400,
                "invalid-request",
                "byte 0 of the ELF magic is 32, not 127");
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedOnceItIsTooLong() throws IOException {
        for (var path : new String[] {"machines", "elfcorehdr-decodings"}) {
            var type = path.equals("machines") ? "application/json" : "application/octet-stream";
            var answer = chunked(path, type, 17);
            assertThat(answer).startsWith("HTTP/1.1 413 ");
            assertThat(answer).contains("\r\nContent-Type: application/problem+json", SENTENCE);
        }
    }

    /** Sends mebibytes of spaces in chunks and reads the answer to its end. */
    private String chunked(String path, String type, int mebibytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var out = socket.getOutputStream();
            out.write(("POST /api/v1/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .formatted(path, type)
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < mebibytes; i++) {
                out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
                new ByteArrayInputStream(spaces(1 << 20)).transferTo(out);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
