package io.crashplug.hotplug;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts change sets that are in the history, and measures what they wait for. */
@Component
class HotplugMetrics {

    private static final Duration[] BOUNDS = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<Outcome, Counter> events = new EnumMap<>(Outcome.class);
    private final Timer wait;
    private final Timer build;
    private final Timer commit;

    HotplugMetrics(MeterRegistry registry) {
        Arrays.stream(Outcome.values())
                .forEach(outcome -> events.put(
                        outcome,
                        Counter.builder("crashplug.hotplug.events")
                                .description("Change sets in the history, by outcome")
                                .tag("outcome", outcome.name())
                                .register(registry)));
        wait = timer("crashplug.hotplug.wait", "Until a change set had its machine for itself")
                .register(registry);
        build = timer("crashplug.hotplug.build", "From then on until all of it was written")
                .register(registry);
        commit = timer("crashplug.hotplug.commit", "The commit of a change set").register(registry);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
    }

    Run begin() {
        return new Run();
    }

    /** One change set on its way. */
    final class Run {

        private long mark = System.nanoTime();

        /** Does {@code work} as soon as the machine is locked. */
        <T> T built(Supplier<T> work) {
            lap(wait);
            var result = work.get();
            lap(build);
            return result;
        }

        /** It is in the history; of a larger transaction only once that has been committed. */
        void committed(Outcome outcome) {
            if (!TransactionSynchronizationManager.isActualTransactionActive()) {
                count(outcome);
                return;
            }
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    count(outcome);
                }
            });
        }

        private void count(Outcome outcome) {
            lap(commit);
            Objects.requireNonNull(events.get(outcome)).increment();
        }

        private void lap(Timer timer) {
            long now = System.nanoTime();
            timer.record(now - mark, TimeUnit.NANOSECONDS);
            mark = now;
        }
    }
}
