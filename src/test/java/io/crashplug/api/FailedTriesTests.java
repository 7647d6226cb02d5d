package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.security.Role;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Whoever sends too many wrong tokens is not listened to for a while. */
@TestPropertySource(properties = "crashplug.security.failed-tries-per-minute=3")
class FailedTriesTests extends SecuredTest {

    @Test
    void theFourthIsNotLookedAt() {
        var good = token(Role.VIEWER);
        for (int i = 0; i < 3; i++) {
            assertThat(as(good).get("/machines").statusCode()).isEqualTo(200);
            isProblem(as("wrong").get("/machines"), 401, "unauthorized");
        }
        var refused = as("wrong").get("/machines");
        isProblem(refused, 429, "too-many-requests");
        assertThat(refused.header("Retry-After")).isEqualTo("20");
        assertThat(JSON.readTree(refused.asString()).get("retryAfterSeconds").intValue())
                .isEqualTo(20);
        isProblem(as(good).get("/machines"), 429, "too-many-requests");
        isProblem(api().get("/machines"), 401, "unauthorized");
        assertThat(root().get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
}
