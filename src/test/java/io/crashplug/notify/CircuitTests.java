package io.crashplug.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.limits.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitTests {

    private static final Circuit CIRCUIT = circuit(Duration.ofDays(1), Duration.ofDays(7));

    private static Circuit circuit(Duration giveUpAfter, Duration eventRetention) {
        return new Circuit(
                new WebhookSettings(
                        List.of(),
                        null,
                        1,
                        1,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        giveUpAfter),
                new Times(1, Duration.ofDays(1), eventRetention, new Times.Metrics(Duration.ofDays(1))));
    }

    @Test
    void nothingIsTriedForLongerThanItsEventIsKept() {
        assertThat(CIRCUIT.giveUpAt(Instant.EPOCH)).isEqualTo(Instant.EPOCH.plus(Duration.ofDays(1)));
        assertThat(circuit(Duration.ofDays(30), Duration.ofDays(7)).giveUpAt(Instant.EPOCH))
                .isEqualTo(Instant.EPOCH.plus(Duration.ofDays(7)));
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 10", "3, 20", "10, 2560", "11, 3600", "12, 3600", "64, 3600", "1000000, 3600"})
    void timesDoubleUpToTheLongestAndSpread(int failures, int seconds) {
        var times = IntStream.range(0, 200)
                .mapToObj(any -> CIRCUIT.beforeRetry(failures))
                .toList();
        assertThat(times)
                .allMatch(time -> time.compareTo(Duration.ofSeconds(seconds)) <= 0
                        && time.compareTo(Duration.ofMillis(seconds * 500L)) >= 0);
        assertThat(times.stream().distinct().count()).isGreaterThan(50);
    }
}
