package io.crashplug.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Runs tasks at once, each in a thread of its own. */
public final class AtOnce {

    private AtOnce() {}

    /** What the tasks return, in their order; where one hangs, an error that says what all threads do. */
    public static <T> List<T> run(Duration limit, List<? extends Callable<T>> tasks) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        var threads = Executors.newFixedThreadPool(tasks.size());
        try {
            var running = tasks.stream().map(threads::submit).toList();
            var results = new ArrayList<T>();
            for (var task : running) {
                results.add(task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return results;
        } catch (TimeoutException e) {
            throw new AssertionError("not all ended within %s%n%s".formatted(limit, allThreads()), e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static String allThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(thread -> "%s %s%n%s"
                        .formatted(
                                thread.getKey(),
                                thread.getKey().getState(),
                                Arrays.stream(thread.getValue())
                                        .map("    at %s%n"::formatted)
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
