package io.crashplug.api;

import static io.crashplug.security.Role.ADMIN;
import static io.crashplug.security.Role.AUDITOR;
import static io.crashplug.security.Role.OPERATOR;
import static io.crashplug.security.Role.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.security.Role;
import io.restassured.http.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each role may do what it is for, and is refused all else. */
class RoleTests extends SecuredTest {

    private static final Set<Role> ALL = EnumSet.allOf(Role.class);
    private static final Set<Role> READERS = EnumSet.of(VIEWER, OPERATOR, ADMIN);
    private static final Set<Role> WRITERS = EnumSet.of(OPERATOR, ADMIN);
    private static final Set<Role> ADMINS = EnumSet.of(ADMIN);

    /** Who may do what is not a read that all readers may do. */
    private static final Map<String, Set<Role>> MAY = Map.ofEntries(
            Map.entry("listHotplugEvents", ALL),
            Map.entry("getHotplugEvent", ALL),
            Map.entry("listEvents", ALL),
            Map.entry("createMachine", WRITERS),
            Map.entry("patchMachine", WRITERS),
            Map.entry("deleteMachine", WRITERS),
            Map.entry("importMachine", WRITERS),
            Map.entry("loadCrashImage", WRITERS),
            Map.entry("unloadCrashImage", WRITERS),
            Map.entry("applyChangeSet", WRITERS),
            Map.entry("verify", WRITERS),
            Map.entry("exportAll", ADMINS),
            Map.entry("checkStore", ADMINS),
            Map.entry("createToken", ADMINS),
            Map.entry("listTokens", ADMINS),
            Map.entry("getToken", ADMINS),
            Map.entry("revokeToken", ADMINS),
            Map.entry("registerWebhook", ADMINS),
            Map.entry("listWebhooks", ADMINS),
            Map.entry("getWebhook", ADMINS),
            Map.entry("patchWebhook", ADMINS),
            Map.entry("deleteWebhook", ADMINS),
            Map.entry("testWebhook", ADMINS),
            Map.entry("listWebhookDeliveries", ADMINS),
            Map.entry("getWebhookDelivery", ADMINS),
            Map.entry("redeliver", ADMINS));

    private record Operation(String id, String method, String path) {}

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        OpenApiContract.CHECKED_IN
                .document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> entry.getValue().has("operationId")
                                && path.getKey().startsWith("/api/v1/"))
                        .forEach(entry -> operations.add(new Operation(
                                entry.getValue().get("operationId").stringValue(),
                                entry.getKey().toUpperCase(Locale.ROOT),
                                path.getKey()
                                        .replace("/api/v1", "")
                                        .replace("{machine}", "no-such-machine")
                                        .replaceAll("\\{[a-z]+}", "1")))));
        return operations;
    }

    @Test
    void allNamesOfOperationsExist() {
        assertThat(operations())
                .extracting(Operation::id)
                .containsAll(MAY.keySet())
                .hasSizeGreaterThan(25);
    }

    @Test
    void nobodyMayDoAnything() {
        for (var operation : operations()) {
            var answer = api().request(Method.valueOf(operation.method()), operation.path());
            isProblem(answer, 401, "unauthorized");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whatARoleMayDo(Role role) {
        var token = token(role);
        for (var operation : operations()) {
            var answer = as(token).request(Method.valueOf(operation.method()), operation.path());
            var may = MAY.getOrDefault(
                    operation.id(),
                    operation.method().equals("GET") || operation.path().startsWith("/elfcorehdr-")
                            ? READERS
                            : WRITERS);
            if (may.contains(role)) {
                assertThat(answer.statusCode())
                        .as("%s as %s: %s", operation, role, answer.asString())
                        .isNotIn(401, 403)
                        .isLessThan(500);
            } else {
                assertThat(answer.statusCode()).as("%s as %s", operation, role).isEqualTo(403);
                isProblem(answer, 403, "forbidden");
            }
        }
    }

    @Test
    void headAndOptionsAreReads() throws IOException, InterruptedException {
        var history = "/machines/no-such-machine/hotplug-events";
        assertThat(status(AUDITOR, "HEAD", history)).isEqualTo(404);
        assertThat(status(AUDITOR, "HEAD", "/events")).isEqualTo(200);
        assertThat(status(AUDITOR, "HEAD", "/machines")).isEqualTo(403);
        assertThat(status(VIEWER, "HEAD", "/machines")).isEqualTo(200);
        assertThat(status(VIEWER, "HEAD", "/export")).isEqualTo(403);
        assertThat(status(VIEWER, "OPTIONS", "/machines")).isEqualTo(200);
        assertThat(status(AUDITOR, "OPTIONS", "/machines")).isEqualTo(403);
    }

    private int status(Role role, String method, String path) throws IOException, InterruptedException {
        return plain().send(method, path, "", "Authorization", "Bearer " + token(role))
                .status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/problems",
                "/problems/unauthorized",
                "/v3/api-docs.yaml",
                "/swagger-ui/index.html",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness"
            })
    void whatNeedsNoToken(String path) {
        assertThat(root().get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/env", "/h2-console", "/api/v1", "/api/v1/nothing", "/nothing"})
    void whatIsNotThereIsNotShownToStrangersEither(String path) {
        assertThat(root().get(path).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/machines/",
                "/api/v1//machines",
                "/api/v1/machines;x=1",
                "/api/v1/problems/../machines",
                "/api/v1/%2e%2e/v1/machines",
                "/API/v1/machines"
            })
    void noFormOfAPathLeadsAround(String path) {
        var answer = root().urlEncodingEnabled(false).get(path);
        assertThat(answer.statusCode()).as(answer.asString()).isIn(400, 401);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }
}
