package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without accounts everything is allowed to whoever uses this machine, but not to the web pages that they look at. */
class NoAccountsTests extends ApiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.0.0.1:8080", "localhost", "LOCALHOST:1", "crashplug.localhost", "[::1]:80"})
    void namesOfThisMachine(String host) {
        assertThat(api().header("Host", host).get("/machines").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "10.0.0.1"})
    void namesThatWereMadeToLeadHere(String host) {
        SecuredTest.isProblem(api().header("Host", host).get("/machines"), 403, "forbidden");
        SecuredTest.isProblem(root().header("Host", host).get("/v3/api-docs.yaml"), 403, "forbidden");
    }

    @Test
    void pagesOfOtherSites() {
        SecuredTest.isProblem(api().header("Sec-Fetch-Site", "cross-site").get("/machines"), 403, "forbidden");
        for (var own : new String[] {"same-origin", "same-site", "none"}) {
            assertThat(api().header("Sec-Fetch-Site", own).get("/machines").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void browsersAreToldToBeCareful() {
        for (var path : new String[] {"/swagger-ui/index.html", "/api/v1/machines", "/api/v1/nothing"}) {
            var answer = root().get(path);
            Map.of(
                            "X-Content-Type-Options", "nosniff",
                            "X-Frame-Options", "DENY",
                            "Referrer-Policy", "no-referrer",
                            "Cross-Origin-Resource-Policy", "same-origin")
                    .forEach((name, value) ->
                            assertThat(answer.header(name)).as(path).isEqualTo(value));
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'self'", "frame-ancestors 'none'");
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }
}
