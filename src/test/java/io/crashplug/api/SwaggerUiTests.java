package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** Without accounts a browser on this machine may do anything by Swagger UI, under the headers that are sent with it. */
@TestPropertySource(properties = "spring.application.name=crashplug-browser")
class SwaggerUiTests extends ApiTest {

    @Value("${local.server.port}")
    private int port;

    @Test
    void readsAndCreates() {
        try (var swagger = new SwaggerUi(port)) {
            assertThat(swagger.execute("machines", "listMachines")).isEqualTo("200");
            assertThat(swagger.execute("machines", "createMachine")).isEqualTo("201");
            assertThat(swagger.complaints()).isEmpty();
        }
        assertThat(body(api().get("/machines"), 200).get("items")).hasSize(1);
    }

    /** And what the headers forbid is among the complaints. */
    @Test
    void loadsNothingFromElsewhere() {
        try (var swagger = new SwaggerUi(port)) {
            swagger.show("https://elsewhere.example/a.png");
            assertThat(swagger.complaints())
                    .anySatisfy(complaint -> assertThat(complaint).contains("Content Security Policy"));
        }
    }
}
