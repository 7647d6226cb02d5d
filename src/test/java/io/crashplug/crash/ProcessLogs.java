package io.crashplug.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Adds the end of every process's log to a test's failure. */
final class ProcessLogs implements BeforeEachCallback, TestExecutionExceptionHandler {

    private static final int LINES = 150;

    private static final List<Path> LOGS = new CopyOnWriteArrayList<>();

    /** A log of the test that runs. */
    static Path add(Path log) {
        if (!LOGS.contains(log)) {
            LOGS.add(log);
        }
        return log;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        LOGS.clear();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        LOGS.forEach(log -> failure.addSuppressed(new AssertionError("%s ends with%n%s".formatted(log, end(log)))));
        throw failure;
    }

    static String end(Path log) {
        try {
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
