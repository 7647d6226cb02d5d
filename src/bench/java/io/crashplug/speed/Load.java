package io.crashplug.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Senders that send one event after the other, all at once. */
final class Load {

    private Load() {}

    /** One of them. */
    interface Sender {

        /** Sends one event and returns when it is answered. */
        void send() throws Exception;

        /** Leaves the machines as they were; what that takes is not measured. */
        void finish() throws Exception;
    }

    static Measured run(List<? extends Sender> senders, Duration time) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(senders.size());
        try {
            long started = System.nanoTime();
            long end = started + time.toNanos();
            List<Future<Latencies>> results = new ArrayList<>();
            for (var sender : senders) {
                results.add(threads.submit(until(end, sender)));
            }
            var all = new Latencies();
            for (var result : results) {
                all.add(result.get());
            }
            return new Measured(all, System.nanoTime() - started);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Latencies> until(long end, Sender sender) {
        return () -> {
            var latencies = new Latencies();
            for (long now = System.nanoTime(); now < end; ) {
                sender.send();
                long answered = System.nanoTime();
                latencies.add(answered - now);
                now = answered;
            }
            sender.finish();
            return latencies;
        };
    }
}
