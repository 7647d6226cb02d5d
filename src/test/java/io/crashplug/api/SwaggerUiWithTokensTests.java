package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.security.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** With accounts Swagger UI asks for a token, and sends it. */
class SwaggerUiWithTokensTests extends SecuredTest {

    @Value("${local.server.port}")
    private int port;

    @Test
    void authorizes() {
        try (var swagger = new SwaggerUi(port)) {
            assertThat(swagger.execute("machines", "listMachines")).isEqualTo("401");
            swagger.authorize(token(Role.VIEWER));
            assertThat(swagger.execute("fleet", "getFleet")).isEqualTo("200");
            assertThat(swagger.execute("machines", "createMachine")).isEqualTo("403");
            assertThat(swagger.complaints()).isEmpty();
        }
    }
}
