package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** JWTs of an issuer that the service asks for its keys. */
class JwtTests extends SecuredTest {

    private static HttpServer issuer;
    private static String url;
    private static RSAKey key;
    private static volatile boolean away;

    @BeforeAll
    static void startIssuer() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = "http://127.0.0.1:" + issuer.getAddress().getPort();
        var documents = Map.of(
                "/.well-known/openid-configuration",
                "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\", \"subject_types_supported\": [\"public\"]}"
                        .formatted(url, url),
                "/keys",
                "{\"keys\": [%s]}".formatted(key.toPublicJWK().toJSONString()));
        issuer.createContext("/", exchange -> {
            var document = away ? null : documents.get(exchange.getRequestURI().getPath());
            var body = (document == null ? "" : document).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(document == null ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
    }

    @AfterAll
    static void stopIssuer() {
        issuer.stop(0);
    }

    @DynamicPropertySource
    static void trust(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> url);
        registry.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> "crashplug");
        registry.add("crashplug.security.jwt.labels-claim", () -> "machines");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(url)
                .audience("crashplug")
                .subject("ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return signed(claims, key);
    }

    private static String signed(JWTClaimsSet.Builder claims, RSAKey with) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(with.getKeyID())
                            .build(),
                    claims.build());
            jwt.sign(new RSASSASigner(with));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private void isRefused(String token) {
        isProblem(as(token).get("/machines"), 401, "unauthorized");
    }

    @Test
    void theHistoryNamesTheSubject() {
        var token = signed(claims().claim("roles", List.of("operator", "of-something-else")));
        var name = newName("jwt");
        body(post(token, "/machines", machine(name, Map.of())), 201);
        var entry = body(
                post(
                        token,
                        "/machines/" + name + "/hotplug-events",
                        "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 2}]}"),
                201);
        assertThat(entry.get("actor").stringValue()).isEqualTo("jwt:ada");
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, 200, 403, 403",
        "auditor, 403, 403, 403",
        "operator, 200, 400, 403",
        "admin, 200, 400, 200",
        "ADMIN, 403, 403, 403",
        "root, 403, 403, 403"
    })
    void rolesAreThoseOfTokens(String role, int list, int create, int tokens) {
        var token = signed(claims().claim("roles", List.of(role)));
        assertThat(as(token).get("/machines").statusCode()).isEqualTo(list);
        assertThat(post(token, "/machines", "{}").statusCode()).isEqualTo(create);
        assertThat(as(token).get("/tokens").statusCode()).isEqualTo(tokens);
    }

    @Test
    void whoHasNoRoleMayDoNothing() {
        isProblem(as(signed(claims())).get("/machines"), 403, "forbidden");
    }

    @Test
    void labelsLimit() {
        var name = newName("jwt");
        var a = signed(claims().claim("roles", List.of("operator")).claim("machines", List.of("team=jwt-a")));
        var b = signed(claims().claim("roles", List.of("operator")).claim("machines", List.of("team=jwt-b")));
        body(post(a, "/machines", machine(name, Map.of())), 201);
        body(as(a).get("/machines/" + name), 200);
        isProblem(as(b).get("/machines/" + name), 404, "not-found");
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() {
        var roles = List.of("viewer");
        isRefused(signed(claims().claim("roles", "viewer")));
        isRefused(signed(claims().claim("roles", List.of("viewer", 1))));
        isRefused(signed(claims().claim("roles", roles).claim("machines", "team=a")));
        isRefused(signed(claims().claim("roles", roles).claim("machines", List.of("team"))));
        isRefused(signed(claims().claim("roles", roles).claim("machines", List.of("team=a", "team=b"))));
        isRefused(signed(claims().claim("roles", List.of("admin")).claim("machines", List.of("team=a"))));
        isRefused(signed(claims().claim("roles", roles).subject("")));
        isRefused(signed(claims().claim("roles", roles).subject("a".repeat(201))));
        isRefused(signed(claims().claim("roles", roles).subject(null)));
        isRefused(signed(claims().claim("roles", roles).subject("a\u0000b")));
        isRefused(signed(claims().claim("roles", roles).subject("a\nb")));
    }

    @Test
    void whatIsNotGoodIsRefused() throws JOSEException {
        var good = claims().claim("roles", List.of("admin"));
        assertThat(as(signed(good)).get("/machines").statusCode()).isEqualTo(200);
        isRefused(signed(claims().claim("roles", List.of("admin"))
                .expirationTime(Date.from(Instant.now().minusSeconds(300)))));
        isRefused(signed(claims().claim("roles", List.of("admin")).issuer("http://127.0.0.1:1")));
        isRefused(signed(claims().claim("roles", List.of("admin")).audience("another")));
        isRefused(signed(good, new RSAKeyGenerator(2048).keyID("k1").generate()));
        isRefused(new PlainJWT(good.build()).serialize());
        var mac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), good.build());
        mac.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        isRefused(mac.serialize());
        var parts = signed(good).split("\\.");
        isRefused(parts[0] + "." + parts[1] + ".");
    }

    @Test
    void whileTheIssuerIsAwayNobodyIsTakenForAStranger() throws JOSEException {
        assertThat(as(signed(claims().claim("roles", List.of("viewer"))))
                        .get("/machines")
                        .statusCode())
                .isEqualTo(200);
        away = true;
        try {
            var unknown = new RSAKeyGenerator(2048).keyID("k2").generate();
            var answer = as(signed(claims(), unknown)).get("/machines");
            isProblem(answer, 503, "issuer-unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        } finally {
            away = false;
        }
    }
}
