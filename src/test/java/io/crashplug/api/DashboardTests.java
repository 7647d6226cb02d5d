package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The dashboard of integrations/grafana asks for what the service tells, in Prometheus's language. */
class DashboardTests extends ApiTest {

    private static final JsonNode DASHBOARD = read();
    private static final Pattern METRIC = Pattern.compile("([a-z][a-z0-9_]+)\\{");
    private static final int COLUMNS = 24;

    private static JsonNode read() {
        return JSON.readTree(Path.of("integrations/grafana/crashplug.json").toFile());
    }

    private static List<String> expressions() {
        var expressions = DASHBOARD
                .get("panels")
                .valueStream()
                .flatMap(panel -> panel.get("targets").valueStream())
                .map(target -> target.get("expr").stringValue())
                .toList();
        assertThat(expressions).hasSizeGreaterThan(10);
        return expressions;
    }

    @Test
    void promtoolReadsEachExpression(@TempDir Path folder) throws IOException, InterruptedException {
        var rules = expressions().stream()
                // What Grafana puts in before it asks.
                .map(expression -> expression.replace("$job", "crashplug").replace("$__rate_interval", "5m"))
                .map(expression -> Map.of("record", "panel:of:dashboard", "expr", expression))
                .toList();
        var numbered = IntStream.range(0, rules.size())
                .mapToObj(i -> Map.of("name", "panel" + i, "rules", List.of(rules.get(i))))
                .toList();
        Files.writeString(folder.resolve("panels.yml"), JSON.writeValueAsString(Map.of("groups", numbered)));
        var promtool = ExternalTool.run(folder, List.of("promtool", "check", "rules", "--lint=none", "panels.yml"));
        assertThat(promtool.status()).as(promtool.said()).isZero();
        assertThat(promtool.said()).contains("SUCCESS: %d rules".formatted(rules.size()));
    }

    @Test
    void theServiceTellsOfEachMetric() {
        create(SecuredTest.machine(newName("seen"), Map.of()));
        var scraped = root().get("/actuator/prometheus").asString();
        var metrics = new HashSet<String>();
        for (var expression : expressions()) {
            var found = METRIC.matcher(expression);
            while (found.find()) {
                metrics.add(found.group(1));
            }
        }
        // Prometheus itself tells of that one.
        assertThat(metrics.remove("up")).isTrue();
        assertThat(metrics)
                .hasSizeGreaterThan(8)
                .allSatisfy(metric -> assertThat(scraped).containsPattern("(?m)^%s[{ ]".formatted(metric)));
    }

    @Test
    void panelsSayWhatTheyShowAndDoNotOverlap() {
        var taken = new HashSet<List<Integer>>();
        for (var panel : DASHBOARD.get("panels")) {
            assertThat(panel.get("title").stringValue()).isNotBlank();
            assertThat(panel.get("description").stringValue()).endsWith(".");
            var place = panel.get("gridPos");
            int right = place.get("x").intValue() + place.get("w").intValue();
            assertThat(right).isLessThanOrEqualTo(COLUMNS);
            for (int x = place.get("x").intValue(); x < right; x++) {
                for (int y = 0; y < place.get("h").intValue(); y++) {
                    assertThat(taken.add(List.of(x, place.get("y").intValue() + y)))
                            .isTrue();
                }
            }
        }
    }
}
