package io.crashplug.startup;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One start of the service in a process of its own. */
final class Start {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Start() {}

    /** Milliseconds until a read that needs the database is answered with 200; then ends the process. */
    static double untilFirstAnswer(List<String> command, String javaHome) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("start-up");
        var port = freePort();
        var arguments = new ArrayList<>(command);
        arguments.add("--server.port=" + port);
        var process = new ProcessBuilder(arguments)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        process.environment().put("JAVA_HOME", javaHome);
        var begin = System.nanoTime();
        var started = process.start();
        try {
            while (!answers(port)) {
                if (!started.isAlive() || System.nanoTime() - begin > LONGEST.toNanos()) {
                    throw new IllegalStateException("no answer:\n" + Files.readString(folder.resolve("log")));
                }
                Thread.sleep(5);
            }
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            started.destroy();
            if (!started.waitFor(30, TimeUnit.SECONDS)) {
                started.destroyForcibly();
            }
            delete(folder);
        }
    }

    private static boolean answers(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/machines?pageSize=1"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
