package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.security.Role;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Each principal has so many requests in a minute, and is told how many are left. */
@TestPropertySource(properties = "crashplug.limits.requests-per-minute=3")
class RateLimitTests extends SecuredTest {

    @Test
    void theFourthIsRefusedAndOthersAreNot() {
        var eager = token(Role.OPERATOR);
        for (int left = 2; left >= 0; left--) {
            var answer = as(eager).get("/machines");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"principal\";q=3;w=60");
            assertThat(answer.header("RateLimit")).startsWith("\"principal\";r=%d;t=".formatted(left));
        }
        var name = newName("refused");
        var refused = post(eager, "/machines", machine(name, java.util.Map.of()));
        isProblem(refused, 429, "too-many-requests");
        assertThat(refused.header("RateLimit")).startsWith("\"principal\";r=0;t=");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);
        assertThat(JSON.readTree(refused.asString()).get("retryAfterSeconds").intValue())
                .isBetween(1, 20);

        assertThat(as(token(Role.VIEWER)).get("/machines/{machine}", name).statusCode())
                .isEqualTo(404);
        isProblem(api().get("/machines"), 401, "unauthorized");
        assertThat(root().get("/actuator/health/liveness").header("RateLimit")).isNull();
    }
}
