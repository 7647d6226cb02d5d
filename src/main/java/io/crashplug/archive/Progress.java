package io.crashplug.archive;

import java.time.Duration;
import java.util.function.Consumer;

/** Says every few seconds how far a long work has come. */
final class Progress {

    /** Of work that nobody waits for. */
    static final Progress UNSEEN = new Progress(line -> {}, Duration.ofDays(1));

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final Consumer<String> lines;
    private final Duration between;
    private long last = System.nanoTime();
    private long rows;

    private Progress(Consumer<String> lines, Duration between) {
        this.lines = lines;
        this.between = between;
    }

    static Progress everyFewSeconds(Consumer<String> lines) {
        return new Progress(lines, BETWEEN);
    }

    /** Says what there is to say at each row. */
    static Progress always(Consumer<String> lines) {
        return new Progress(lines, Duration.ZERO);
    }

    /**
     * One more row is done.
     *
     * @param bytes of the file, so far
     */
    void row(String table, long rowsOfTable, long bytes) {
        rows++;
        if (System.nanoTime() - last >= between.toNanos()) {
            last = System.nanoTime();
            lines.accept("%s: %d rows, in all %d rows, %d bytes".formatted(table, rowsOfTable, rows, bytes));
        }
    }
}
