package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate of its own for 127.0.0.1, as files and for servers and clients in tests. */
final class TlsKeys {

    private static final String PASSWORD = "password";
    private static final String ALIAS = "web";

    private final Path folder;
    private final KeyStore keys;

    private TlsKeys(Path folder, KeyStore keys) {
        this.folder = folder;
        this.keys = keys;
    }

    static TlsKeys in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var file = folder.resolve("keys.p12");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias=" + ALIAS,
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
        return new TlsKeys(folder, KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    /** The certificate in PEM. */
    Path certificate() throws IOException, GeneralSecurityException {
        return pem("tls.crt", "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    }

    /** The private key in PEM. */
    Path key() throws IOException, GeneralSecurityException {
        return pem(
                "tls.key",
                "PRIVATE KEY",
                keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    }

    private Path pem(String name, String type, byte[] content) throws IOException {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, encoder.encodeToString(content), type));
    }

    /** For clients that trust the certificate, and nothing else. */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** For servers that show the certificate. */
    SSLContext showing() throws GeneralSecurityException {
        var mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        mine.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(mine.getKeyManagers(), null, null);
        return context;
    }
}
