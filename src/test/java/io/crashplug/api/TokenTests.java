package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.security.Role;
import io.restassured.response.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The life of a token. */
@ExtendWith(OutputCaptureExtension.class)
class TokenTests extends SecuredTest {

    @Autowired
    private JdbcClient database;

    private JsonNode make(String body) {
        return body(post(token(Role.ADMIN), "/tokens", body), 201);
    }

    private Response use(String token) {
        return as(token).get("/machines");
    }

    @Test
    void aTokenIsShownOnceAndItsSecretIsNotStored(CapturedOutput output) {
        var name = newName("ci");
        var admin = token(Role.ADMIN);
        var answer = post(admin, "/tokens", Map.of("name", name, "role", "operator", "labels", Map.of("team", "a")));
        assertThat(answer.header("Location")).isEqualTo("/api/v1/tokens/" + name);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var text = body(answer, 201).get("token").stringValue();
        var secret = text.substring(text.length() - 43);

        assertThat(text).matches("crashplug_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
        var shown = as(admin).get("/tokens/" + name);
        assertThat(shown.asString()).doesNotContain(secret);
        assertThat(body(shown, 200))
                .isEqualTo(body(answer, 201).get("description"))
                .hasToString(JSON.readTree(shown.asString()).toString());
        assertThat(body(shown, 200).get("labels")).hasToString("{\"team\":\"a\"}");
        assertThat(as(admin).queryParam("pageSize", 500).get("/tokens").asString())
                .contains("\"" + name + "\"")
                .doesNotContain(secret);
        use(text);
        assertThat(DatabaseSnapshot.of(database).toString()).contains(name).doesNotContain(secret);
        assertThat(output).doesNotContain(secret);
    }

    @Test
    void useIsNoted() {
        var made = make("{\"name\": \"%s\", \"role\": \"viewer\"}".formatted(newName("used")));
        var name = made.get("description").get("name").stringValue();
        assertThat(made.get("description").get("lastUsedAt").isNull()).isTrue();
        var before = Instant.now().minusSeconds(1);
        assertThat(use(made.get("token").stringValue()).statusCode()).isEqualTo(200);
        var after = body(as(token(Role.ADMIN)).get("/tokens/" + name), 200);
        assertThat(Instant.parse(after.get("lastUsedAt").stringValue())).isBetween(before, Instant.now());
    }

    @Test
    void aRevokedTokenIsNotAccepted() {
        var admin = token(Role.ADMIN);
        var made = make("{\"name\": \"%s\", \"role\": \"viewer\"}".formatted(newName("revoked")));
        var name = made.get("description").get("name").stringValue();
        var text = made.get("token").stringValue();
        assertThat(use(text).statusCode()).isEqualTo(200);

        assertThat(as(admin).delete("/tokens/" + name).statusCode()).isEqualTo(204);
        isProblem(use(text), 401, "unauthorized");
        assertThat(use(text).header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");

        var revoked = body(as(admin).get("/tokens/" + name), 200);
        assertThat(revoked.get("revokedAt").isNull()).isFalse();
        assertThat(revoked.get("revokedBy").stringValue()).startsWith("token:token-");
        assertThat(as(token(Role.ADMIN)).delete("/tokens/" + name).statusCode()).isEqualTo(204);
        assertThat(body(as(admin).get("/tokens/" + name), 200)).isEqualTo(revoked);
        isProblem(post(admin, "/tokens", Map.of("name", name, "role", "viewer")), 409, "token-name-taken");
    }

    @Test
    void anExpiredTokenIsNotAccepted() {
        var name = newName("expired");
        var made = make("{\"name\": \"%s\", \"role\": \"viewer\", \"expiresAt\": \"%s\"}"
                .formatted(name, Instant.now().plusSeconds(3600)));
        var text = made.get("token").stringValue();
        assertThat(use(text).statusCode()).isEqualTo(200);
        assertThat(database.sql("update api_token set expires_at = created_at where name = :name")
                        .param("name", name)
                        .update())
                .isOne();
        isProblem(use(text), 401, "unauthorized");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"role": "viewer"}                                                                 | /name
            {"name": "", "role": "viewer"}                                                     | /name
            {"name": "a b", "role": "viewer"}                                                  | /name
            {"name": "x"}                                                                      | /role
            {"name": "x", "role": "root"}                                                      | /role
            {"name": "x", "role": "ADMIN"}                                                     | /role
            {"name": "x", "role": "admin", "labels": {"team": "a"}}                            | /labels
            {"name": "x", "role": "viewer", "labels": {"": "a"}}                               | /labels/
            {"name": "x", "role": "viewer", "expiresAt": "2020-01-01T00:00:00Z"}               | /expiresAt
            {"name": "x", "role": "viewer", "expiresAt": "+10000-01-01T00:00:00Z"}             | /expiresAt
            {"name": "x", "role": "viewer", "expiresAt": "tomorrow"}                           | /expiresAt
            {"name": "x", "role": "viewer", "secret": "mine"}                                  | /secret
            """)
    void whatIsNoToken(String request, String pointer) {
        var problem = body(post(token(Role.ADMIN), "/tokens", request), 400);
        assertThat(problem.get("errors").get(0).get("pointer").stringValue()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer crashplug_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer crashplug_",
                "Bearer x",
                "Bearer a.b.c",
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Basic YWRtaW46YWRtaW4=",
                "crashplug"
            })
    void whatIsNoToken(String authorization) {
        isProblem(api().header("Authorization", authorization).get("/machines"), 401, "unauthorized");
    }

    @Test
    void aTokenIsTakenFromNowhereElse() {
        var token = token(Role.ADMIN);
        assertThat(api().queryParam("access_token", token).get("/machines").statusCode())
                .isEqualTo(401);
        assertThat(api().cookie("token", token).get("/machines").statusCode()).isEqualTo(401);
    }

    @Test
    void oneWrongCharacterIsNotAccepted() {
        var good = token(Role.VIEWER);
        assertThat(use(good).statusCode()).isEqualTo(200);
        for (int place : new int[] {10, 20, 27, 40, good.length() - 1}) {
            var other = new StringBuilder(good);
            other.setCharAt(place, good.charAt(place) == 'b' ? 'c' : 'b');
            assertThat(use(other.toString()).statusCode()).as(other.toString()).isEqualTo(401);
        }
    }

    @Test
    void theHistoryNamesThePrincipalWhateverHeadersSay() {
        var made = make("{\"name\": \"%s\", \"role\": \"operator\"}".formatted(newName("op")));
        var token = made.get("token").stringValue();
        var name = newName("audited");
        body(post(token, "/machines", machine(name, Map.of())), 201);
        var entry = body(
                as(token)
                        .header("X-Forwarded-User", "root")
                        .header("X-Request-Id", "r-1")
                        .contentType("application/json")
                        .body("{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 2}]}")
                        .post("/machines/" + name + "/hotplug-events"),
                201);
        assertThat(entry.get("actor")).isEqualTo(made.get("description").get("principal"));
        assertThat(entry.get("actor").stringValue()).startsWith("token:op-");
        assertThat(entry.get("requestId").stringValue()).isEqualTo("r-1");
    }

    @Test
    void aKeyOfAnotherPrincipalIsAnotherKey() {
        var name = newName("keyed");
        for (var token : new String[] {token(Role.OPERATOR), token(Role.OPERATOR)}) {
            var answer = as(token)
                    .header("Idempotency-Key", "k-1")
                    .contentType("application/json")
                    .body(machine(name, Map.of()))
                    .post("/machines");
            assertThat(answer.header("Idempotency-Replayed")).isNull();
        }
    }

    @Test
    void listsGoOnFromPageToPage() {
        var admin = token(Role.ADMIN);
        var names = new java.util.ArrayList<String>();
        for (JsonNode page = null; page == null || !page.get("nextPageToken").isNull(); ) {
            var request = as(admin).queryParam("pageSize", 2);
            if (page != null) {
                request.queryParam("pageToken", page.get("nextPageToken").stringValue());
            }
            page = body(request.get("/tokens"), 200);
            page.get("items").forEach(item -> names.add(item.get("name").stringValue()));
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(body(as(admin).queryParam("pageSize", 500).get("/tokens"), 200)
                        .get("items"));
        isProblem(as(admin).queryParam("pageSize", 501).get("/tokens"), 400, "invalid-request");
        isProblem(as(admin).get("/tokens/none"), 404, "not-found");
        isProblem(as(admin).delete("/tokens/none"), 404, "not-found");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theFirstTokenIsMadeFromTheCommandLine(Database of) throws IOException, SQLException {
        var store = Store.of(of);
        var made = store.job("--create-token=first");
        assertThat(made.status()).as(made.err()).isZero();
        var text = new String(made.out(), java.nio.charset.StandardCharsets.US_ASCII).strip();
        assertThat(made.err()).contains("shown once").doesNotContain(text);

        var again = store.job("--create-token=first");
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("there is or was a token \"first\"");
        assertThat(store.job("--create-token=a b").err()).contains("a token's name has 1 to 63 letters");

        try (var service = store.start("--crashplug.security.authentication=required")) {
            var client = Store.client(service);
            var answer = client.send("GET", "/tokens", "", "Authorization", "Bearer " + text)
                    .json();
            assertThat(answer.get("items").get(0).get("role").stringValue()).isEqualTo("admin");
            assertThat(answer.get("items").get(0).get("createdBy").stringValue())
                    .isEqualTo("command-line");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
