package io.crashplug.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One client of a service; a request that is not answered well ends the benchmark. */
final class Client {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    Client(int port) {
        base = "http://127.0.0.1:%d/api/v1".formatted(port);
    }

    /** An answer, and how long it took. */
    record Answer(int status, byte[] body, long nanos) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    boolean answers(String path) {
        try {
            return exchange("GET", path, "").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private Answer send(String method, String path, String body) {
        var answer = exchange(method, path, body);
        if (answer.status() >= 300) {
            throw new IllegalStateException(
                    "%s %s: %d %s".formatted(method, path, answer.status(), new String(answer.body())));
        }
        return answer;
    }

    private Answer exchange(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            long started = System.nanoTime();
            var response = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body(), System.nanoTime() - started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
