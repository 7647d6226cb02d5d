package io.crashplug.crash;

import io.crashplug.api.PlainClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged service as a process of its own, always on the same port. */
final class ServiceProcess implements AutoCloseable {

    /** A machine that does other things besides takes a long time to load some 20,000 classes. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final Duration END = Duration.ofSeconds(20);

    private final int port = FreePort.any();
    private final PlainClient client = new PlainClient(port);
    private final List<String> command;
    private final Path log;

    private @Nullable Process process;

    /**
     * One that is not started yet.
     *
     * @param settings as on the command line
     * @param directory where its log is written
     */
    ServiceProcess(List<String> settings, Path directory) {
        log = ProcessLogs.add(directory.resolve("service-%d.log".formatted(port)));
        // Half of what it does here is starting, so the quick compiler alone is faster.
        command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-jar",
                System.getProperty("crashplug.jar"),
                "--server.port=" + port));
        command.addAll(settings);
    }

    int port() {
        return port;
    }

    PlainClient client() {
        return client;
    }

    /** Begins to start it. */
    void launch() throws IOException {
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        process = started;
    }

    /** Starts it, and returns when it answers. */
    void start() throws Exception {
        launch();
        awaitAnswers();
    }

    /** Returns when it answers. */
    void awaitAnswers() throws Exception {
        Deadline.in(START).await(() -> "the service answers", this::answers);
    }

    private boolean answers() throws InterruptedException {
        if (process == null || !process.isAlive()) {
            throw new AssertionError("the service ended while it started");
        }
        try {
            return client.get("/machines?pageSize=1", "application/json").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL: nothing in the process learns of it. */
    void kill() throws InterruptedException {
        if (process != null && !process.destroyForcibly().waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the service outlived SIGKILL");
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
