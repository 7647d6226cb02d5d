package io.crashplug.fleet;

import io.crashplug.machine.Condition;
import io.crashplug.machine.Now;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Gauges of the fleet. They are counted now and then, not when they are asked for: counting costs more the more machines
 * there are, and monitoring asks as often as it likes. Every process over one database shows the same.
 */
@Component
@ConditionalOnWebApplication
class FleetMetrics {

    private static final Logger log = LoggerFactory.getLogger(FleetMetrics.class);

    private final ReadFleet fleet;
    private final Clock clock;
    private final MultiGauge machines;

    private volatile @Nullable Fleet last;

    FleetMetrics(ReadFleet fleet, MeterRegistry registry, Clock clock) {
        this.fleet = fleet;
        this.clock = clock;
        machines = MultiGauge.builder("crashplug.machines")
                .description("Living machines by condition and status")
                .register(registry);
        Gauge.builder("crashplug.fleet.machines", this, metrics -> metrics.number(Fleet::machines))
                .description("Living machines")
                .register(registry);
        Gauge.builder("crashplug.stale.seconds", this, FleetMetrics::staleSeconds)
                .description("How long the header that is stale the longest has been so; 0 if none is")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("crashplug.fleet.counted.age.seconds", this, FleetMetrics::ageSeconds)
                .description("How long ago the machines were counted")
                .baseUnit("seconds")
                .register(registry);
    }

    @Scheduled(fixedDelayString = "${crashplug.metrics.fleet-interval}")
    void count() {
        try {
            var counted = fleet.read(Map.of(), 0);
            last = counted;
            machines.register(rows(counted), true);
        } catch (DataAccessException | TransactionException e) {
            log.warn("The machines could not be counted for their metrics: {}", e.getMessage());
        }
    }

    /** Every status of every condition, so that one that no machine is in any longer shows 0. */
    private static List<Row<?>> rows(Fleet counted) {
        var rows = new ArrayList<Row<?>>();
        for (var type : Condition.Type.values()) {
            for (var status : Condition.Status.values()) {
                long machines = counted.conditions().stream()
                        .filter(count -> count.type() == type && count.status() == status)
                        .mapToLong(Fleet.Count::machines)
                        .sum();
                rows.add(Row.of(Tags.of("condition", type.name(), "status", status.name()), machines));
            }
        }
        return rows;
    }

    /** Not a number until the machines have been counted. */
    private double number(ToDoubleFunction<Fleet> number) {
        var counted = last;
        return counted == null ? Double.NaN : number.applyAsDouble(counted);
    }

    private double staleSeconds() {
        return number(counted -> counted.stale().longest().stream()
                .findFirst()
                .map(machine -> seconds(machine.since()))
                .orElse(0.0));
    }

    private double ageSeconds() {
        return number(counted -> seconds(counted.at()));
    }

    private double seconds(Instant since) {
        return Math.max(0, Duration.between(since, Now.of(clock)).toMillis() / 1000.0);
    }
}
