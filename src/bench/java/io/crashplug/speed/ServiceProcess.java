package io.crashplug.speed;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged service in a process of its own, configured as by default but for its database and port. Needs what
 * {@code mvn package} makes.
 */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Path PACKAGED =
            Path.of("target/crashplug/bin/crashplug").toAbsolutePath();

    private final Process process;
    private final int port;

    private ServiceProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it and returns when it answers. */
    static ServiceProcess start(Store store, Path directory, List<String> options)
            throws IOException, InterruptedException {
        int port = freePort();
        var command = new ArrayList<String>();
        command.add(PACKAGED.toString());
        command.addAll(Arrays.asList(store.settings(store.serviceUrl())));
        command.add("--server.port=" + port);
        var log = directory.resolve("service.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("JDK_JAVA_OPTIONS", String.join(" ", options), "%s %s"::formatted);
        var process = builder.start();
        var started = new ServiceProcess(process, port);
        try {
            started.awaitAnswer();
            return started;
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the service did not start: " + Files.readString(log), e);
        }
    }

    int port() {
        return port;
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (var client = new LightClient(port)) {
                client.send(LightClient.request("GET", "/machines?pageSize=1", ""))
                        .require(200, "items");
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw e;
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(30, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
