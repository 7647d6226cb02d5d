package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Neither the database's password nor anybody's token is written to the log. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsInTheLogTests {

    private static int status(ConfigurableApplicationContext service, String token)
            throws IOException, InterruptedException {
        return Store.client(service)
                .send("GET", "/machines", "", "Authorization", "Bearer " + token)
                .status();
    }

    @Test
    void areNone(CapturedOutput output) throws IOException, SQLException, InterruptedException {
        var plain = Store.of(Database.POSTGRESQL);
        var store = new Store(plain.url() + "&sslpassword=url-secret", plain.user(), plain.password());
        var token = new String(store.job("--create-token=first").out(), StandardCharsets.UTF_8).strip();
        try (var service = store.start(
                "--crashplug.security.authentication=required",
                "--logging.level.io.crashplug=debug",
                "--logging.level.org.springframework.security=debug")) {
            assertThat(status(service, token)).isEqualTo(200);
            for (var wrong : List.of("wrong-secret", token + "a", token.replaceFirst(".$", "!"))) {
                assertThat(status(service, wrong)).isEqualTo(401);
            }
        }
        assertThat(output).contains("Database: jdbc:postgresql://").doesNotContain("url-secret", "wrong-secret", token);
    }
}
