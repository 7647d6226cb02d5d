package io.crashplug.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts of integrations/prometheus, as Prometheus itself reads them and raises them. */
class AlertsTests {

    private static final Path FOLDER = Path.of("integrations/prometheus");

    @ParameterizedTest
    @ValueSource(strings = {"check rules alerts.yml", "test rules alerts.test.yml"})
    void promtoolFindsNothing(String arguments) throws IOException, InterruptedException {
        Process promtool;
        try {
            promtool = new ProcessBuilder(List.of(("promtool " + arguments).split(" ")))
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            var missing = "promtool is missing, so the alerts are not checked";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            System.err.println(missing);
            abort(missing);
            return;
        }
        var said = new String(promtool.getInputStream().readAllBytes());
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }
}
