package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** What monitoring is told. */
@TestPropertySource(properties = "crashplug.metrics.fleet-interval=100ms")
class MetricsTests extends ApiTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private String scraped() {
        var answer = root().get("/actuator/prometheus");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.asString();
    }

    /** The value of a series, written as Prometheus writes it. */
    private double value(String series) {
        var line = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(scraped());
        assertThat(line.find()).as(series).isTrue();
        return Double.parseDouble(line.group(1));
    }

    private double events(String outcome) {
        return value("crashplug_hotplug_events_total{outcome=\"%s\"}".formatted(outcome));
    }

    private String newMachine() {
        var name = newName("measured");
        create(SecuredTest.machine(name, Map.of()));
        return name;
    }

    private static String cpu(int cpu) {
        return "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": %d}]}".formatted(cpu);
    }

    @Test
    void whatIsInTheHistoryIsCounted() {
        var name = newMachine();
        double noImage = events("NO_IMAGE");
        double refused = events("REFUSED");
        double built = value("crashplug_hotplug_build_seconds_count");
        double committed = value("crashplug_hotplug_commit_seconds_count");
        hotplug(name, cpu(2));
        assertThat(events("NO_IMAGE")).isEqualTo(noImage + 1);
        body(post("/machines/" + name + "/hotplug-events", cpu(2)), 422);
        assertThat(events("REFUSED")).isEqualTo(refused + 1);
        assertThat(value("crashplug_hotplug_build_seconds_count")).isEqualTo(built + 2);
        assertThat(value("crashplug_hotplug_commit_seconds_count")).isEqualTo(committed + 2);
        assertThat(value("crashplug_hotplug_wait_seconds_count")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatIsNotInTheHistoryIsNotCounted() {
        var name = newMachine();
        double before = events("NO_IMAGE");
        body(post("/machines/" + name + "/hotplug-events?dryRun=true", cpu(2)), 200);
        body(post("/machines/none/hotplug-events", cpu(2)), 404);
        body(post("/machines/" + name + "/hotplug-events", "{}"), 400);
        assertThat(events("NO_IMAGE")).isEqualTo(before);
    }

    @Test
    void aRequestWithAKeyIsCountedOnce() {
        var name = newMachine();
        double before = events("NO_IMAGE");
        for (int i = 0; i < 3; i++) {
            body(
                    api().header("Idempotency-Key", "measured")
                            .contentType(ContentType.JSON)
                            .body(cpu(2))
                            .post("/machines/" + name + "/hotplug-events"),
                    201);
        }
        assertThat(events("NO_IMAGE")).isEqualTo(before + 1);
    }

    @Test
    void machinesAreCountedByConditionNowAndThen() {
        newMachine();
        assertTimeoutPreemptively(SOON, () -> {
            while (true) {
                var fleet = body(api().get("/fleet"), 200);
                double noDump = 0;
                for (var count : fleet.get("conditions")) {
                    if (count.get("type").stringValue().equals("KdumpReady")
                            && count.get("status").stringValue().equals("False")) {
                        noDump += count.get("machines").doubleValue();
                    }
                }
                if (value("crashplug_fleet_machines") == fleet.get("machines").doubleValue()
                        && value("crashplug_machines{condition=\"KdumpReady\",status=\"False\"}") == noDump
                        && noDump > 0) {
                    return;
                }
                Thread.sleep(50);
            }
        });
        assertThat(value("crashplug_stale_seconds")).isNotNegative();
        assertThat(value("crashplug_fleet_counted_age_seconds")).isBetween(0.0, SOON.toSeconds() * 1.0);
    }

    @Test
    void noNameOfAMachineIsALabel() {
        var name = newMachine();
        hotplug(name, cpu(2));
        machine(name);
        root().get("/api/v1/no-such-path-" + name);
        assertThat(scraped()).contains("http_server_requests_seconds_count").doesNotContain(name);
    }
}
