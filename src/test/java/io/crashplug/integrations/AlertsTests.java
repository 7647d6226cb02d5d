package io.crashplug.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts of integrations/prometheus, as Prometheus itself reads them and raises them. */
class AlertsTests {

    private static final Path FOLDER = Path.of("integrations/prometheus");

    @ParameterizedTest
    @ValueSource(strings = {"check rules alerts.yml", "test rules alerts.test.yml"})
    void promtoolFindsNothing(String arguments) throws IOException, InterruptedException {
        var promtool = ExternalTool.run(FOLDER, List.of(("promtool " + arguments).split(" ")));
        assertThat(promtool.status()).as(promtool.said()).isZero();
        assertThat(promtool.said()).contains("SUCCESS");
    }
}
