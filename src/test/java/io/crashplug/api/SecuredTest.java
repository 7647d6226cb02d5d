package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.access.ApiTokens;
import io.crashplug.access.NewToken;
import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The service with authentication. */
@TestPropertySource(properties = "crashplug.security.authentication=required")
abstract class SecuredTest extends ApiTest {

    @Autowired
    private ApiTokens tokens;

    /** The text of a new token. */
    String token(Role role, Map<String, String> labels) {
        return tokens.create(new NewToken(newName("token"), role, new Scope(labels), null), "test")
                .text();
    }

    String token(Role role) {
        return token(role, Map.of());
    }

    /** A request with a token. */
    RequestSpecification as(String token) {
        return api().header("Authorization", "Bearer " + token);
    }

    Response post(String token, String path, Object body) {
        return as(token).contentType(ContentType.JSON).body(text(body)).post(path);
    }

    static void isProblem(Response response, int status, String type) {
        assertThat(body(response, status).get("type").stringValue()).isEqualTo("/problems/" + type);
    }

    /** A small machine with labels. */
    static Object machine(String name, Map<String, String> labels) {
        return JSON.writeValueAsString(Map.of(
                "name",
                name,
                "labels",
                labels,
                "cpus",
                Map.of("possible", "0-3", "present", "0-1"),
                "memory",
                JSON.readTree("""
                        {"systemRam": [{"start": "0x100000", "end": "0x7fffffff"}],
                         "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"}}""")));
    }
}
