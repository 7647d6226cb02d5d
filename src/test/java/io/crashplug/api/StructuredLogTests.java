package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The log as lines of JSON that carry the request's id. */
@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTests {

    /** The log is the process's, so other tests would go on with it. */
    @AfterAll
    static void backToTheDefault() throws IOException, SQLException {
        Store.of(Database.H2).start().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash", "gelf"})
    void eachLineIsJsonAndNamesItsRequest(String format, CapturedOutput output)
            throws IOException, SQLException, InterruptedException {
        var store = Store.of(Database.H2);
        int before;
        try (var service = store.start(
                "--logging.structured.format.console=" + format,
                "--logging.level.org.springframework.web.servlet.DispatcherServlet=debug")) {
            before = output.length();
            Store.client(service).send("GET", "/machines", "", "X-Request-Id", "structured-1");
        }
        var lines = output.toString().substring(before).lines().toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(ApiTest.JSON.readTree(line).isObject()).isTrue());
        assertThat(lines)
                .anySatisfy(line -> assertThat(ApiTest.JSON.readTree(line).toString())
                        .contains("\"structured-1\"", "/api/v1/machines"));
    }

    @Test
    void byDefaultItIsForPeople(CapturedOutput output) throws IOException, SQLException {
        try (var service = Store.of(Database.H2).start("--logging.level.io.crashplug=info")) {
            assertThat(service.isRunning()).isTrue();
        }
        assertThat(output).contains("INFO", "Swagger UI: http://").doesNotContain("{\"@timestamp\"");
    }
}
