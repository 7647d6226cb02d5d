package io.crashplug.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A client that costs little, for tests of many requests; threads may share it. */
public final class PlainClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    private final boolean checking;

    /** Answers are taken as they are. */
    public PlainClient(int port) {
        this(port, false);
    }

    private PlainClient(int port, boolean checking) {
        base = "http://127.0.0.1:%d/api/v1".formatted(port);
        this.checking = checking;
    }

    /** Requests and answers are held against the OpenAPI document. */
    static PlainClient checking(int port) {
        return new PlainClient(port, true);
    }

    /** An answer, whatever its status. */
    public record Answer(int status, HttpResponse<byte[]> response) {

        public String text() {
            return status + " " + new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return ApiTest.JSON.readTree(response.body());
        }
    }

    /**
     * Sends a request.
     *
     * @param headers names and values in turn
     */
    public Answer send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(method, path, BodyPublishers.ofString(body), headers);
    }

    Answer send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        var response = http.send(request.build(), BodyHandlers.ofByteArray());
        if (checking) {
            OpenApiContract.CHECKED_IN.check(
                    method,
                    request.build().uri().getRawPath(),
                    new OpenApiContract.Answer(
                            response.statusCode(),
                            name -> response.headers().firstValue(name).orElse(null),
                            response.body()));
        }
        return new Answer(response.statusCode(), response);
    }

    public Answer get(String path, String accept) throws IOException, InterruptedException {
        return send("GET", path, "", "Accept", accept);
    }
}
