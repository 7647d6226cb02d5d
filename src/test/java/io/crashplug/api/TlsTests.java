package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as the README has it: a certificate and a key in PEM files, and a bundle of them. */
class TlsTests {

    private static HttpResponse<String> get(HttpClient client, String scheme, Object port)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("%s://127.0.0.1:%s/api/v1/machines".formatted(scheme, port)))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void isByABundle(@TempDir Path folder)
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        var keys = TlsKeys.in(folder);
        try (var service = Store.of(Database.H2)
                .start(
                        "--spring.ssl.bundle.pem.web.keystore.certificate=" + keys.certificate(),
                        "--spring.ssl.bundle.pem.web.keystore.private-key=" + keys.key(),
                        "--server.ssl.bundle=web")) {
            var port = service.getEnvironment().getRequiredProperty("local.server.port");
            var answer = get(HttpClient.newBuilder().sslContext(keys.trusting()).build(), "https", port);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(get(HttpClient.newHttpClient(), "http", port).statusCode())
                    .isEqualTo(400);
        }
    }
}
