package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as the README has it: a certificate and a key in PEM files, and a bundle of them. */
class TlsTests {

    private static final String PASSWORD = "password";

    private static KeyStore newKeys(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var file = folder.resolve("keys.p12");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias=web",
                "-keyalg=EC",
                "-dname=CN=localhost",
                "-ext=san=ip:127.0.0.1",
                "-storetype=PKCS12",
                "-storepass=" + PASSWORD,
                "-keystore=" + file);
        // keytool has its options and their values apart.
        var words = command.stream()
                .flatMap(word -> word.startsWith("-") ? List.of(word.split("=", 2)).stream() : List.of(word).stream())
                .toList();
        assertThat(ExternalTool.run(folder, words).status()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, encoder.encodeToString(content), type));
    }

    private static HttpClient trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("web", keys.getCertificate("web"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> get(HttpClient client, String scheme, Object port)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("%s://127.0.0.1:%s/api/v1/machines".formatted(scheme, port)))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void isByABundle(@TempDir Path folder)
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        var keys = newKeys(folder);
        var certificate = pem(
                folder.resolve("tls.crt"),
                "CERTIFICATE",
                keys.getCertificate("web").getEncoded());
        var key = pem(
                folder.resolve("tls.key"),
                "PRIVATE KEY",
                keys.getKey("web", PASSWORD.toCharArray()).getEncoded());
        try (var service = Store.of(Database.H2)
                .start(
                        "--spring.ssl.bundle.pem.web.keystore.certificate=" + certificate,
                        "--spring.ssl.bundle.pem.web.keystore.private-key=" + key,
                        "--server.ssl.bundle=web")) {
            var port = service.getEnvironment().getRequiredProperty("local.server.port");
            var answer = get(trusting(keys), "https", port);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(get(HttpClient.newHttpClient(), "http", port).statusCode())
                    .isEqualTo(400);
        }
    }
}
