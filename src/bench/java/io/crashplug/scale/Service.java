package io.crashplug.scale;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The service as a process of its own with a heap of 512 MiB, over one database. */
final class Service implements AutoCloseable {

    static final int HEAP_MIB = 512;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern HEAP_AFTER_COLLECTION = Pattern.compile("->(\\d+)M\\(\\d+M\\)");

    private final Process process;
    private final Path garbageLog;
    private final Client client;

    private Service(Process process, Path garbageLog, Client client) {
        this.process = process;
        this.garbageLog = garbageLog;
        this.client = client;
    }

    static Service start(Store store, String url, Path folder, String name) throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var garbageLog = folder.resolve(name + "-" + port + ".gc.log");
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(HEAP_MIB),
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + garbageLog));
        command.addAll(Arrays.stream(System.getProperty("bench.jvm", "").split(" "))
                .filter(option -> !option.isEmpty())
                .map(option -> option.replace("NAME", name))
                .toList());
        command.addAll(List.of(
                "-cp",
                classPath(),
                "io.crashplug.CrashplugApplication",
                "--server.port=" + port,
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + store.user(),
                "--spring.datasource.password=" + store.password()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + "-" + port + ".log").toFile())
                .start();
        var service = new Service(process, garbageLog, new Client(port));
        service.awaitReady();
        return service;
    }

    /** Without tests and benchmarks, which are no part of the service. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitReady() throws InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (!client.answers("/machines?pageSize=1")) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IllegalStateException("the service does not start; its log is beside " + garbageLog);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    Client client() {
        return client;
    }

    /** The most that was used of the heap after a collection, in MiB. */
    long mostHeapMib() throws IOException {
        return HEAP_AFTER_COLLECTION
                .matcher(Files.readString(garbageLog))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
