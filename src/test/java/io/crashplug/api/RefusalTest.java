package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.problem.ProblemType;
import io.restassured.response.Response;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Bad input ends in a problem that says what is wrong with it, and in nothing else; on a database that stays small. */
@TestPropertySource(properties = "spring.application.name=crashplug-refusals")
abstract class RefusalTest extends ApiTest {

    @Autowired
    private JdbcClient database;

    /** Sends a request that is refused in these words and changes no row of any table. */
    JsonNode refused(Supplier<Response> request, int status, String type, String sentence) {
        var before = DatabaseSnapshot.of(database);
        var problem = problem(request.get(), status, type, sentence);
        assertThat(DatabaseSnapshot.of(database)).isEqualTo(before);
        assertThat(problem.has("sequence")).isFalse();
        return problem;
    }

    /** As above, of a request whose fields are at fault. */
    JsonNode invalid(Supplier<Response> request, String pointer, String sentence) {
        var problem = refused(request, 400, "invalid-request", sentence);
        assertThat(problem.get("errors")).hasSize(1);
        var error = problem.get("errors").get(0);
        assertThat(error.get("pointer").stringValue()).isEqualTo(pointer);
        assertThat(error.get("detail").stringValue()).isEqualTo(sentence);
        return problem;
    }

    /** Sends a request that is refused in these words and leaves one entry in the history and nothing else. */
    JsonNode refusedAndKept(Supplier<Response> request, int status, String type, String sentence) {
        var before = DatabaseSnapshot.of(database);
        var answer = request.get();
        var problem = problem(answer, status, type, sentence);
        var entry = DatabaseSnapshot.of(database).entryAfter(before);
        assertThat(entry)
                .containsEntry("OUTCOME", "REFUSED")
                .containsEntry("DETAIL", sentence)
                .containsEntry(
                        "PROBLEM_TYPE", type.toUpperCase(java.util.Locale.ROOT).replace('-', '_'))
                .containsEntry("SEQUENCE", problem.get("sequence").toString())
                .containsEntry("REQUEST_ID", answer.header("X-Request-Id"))
                .containsEntry("GENERATION_AFTER", entry.get("GENERATION_BEFORE"));
        return problem;
    }

    private JsonNode problem(Response answer, int status, String type, String sentence) {
        var problem = body(answer, status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/" + type);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("detail").stringValue()).isEqualTo(sentence);
        assertThat(problem.get("requestId").stringValue()).isEqualTo(answer.header("X-Request-Id"));
        var published = ProblemType.named(type).orElseThrow();
        assertThat(problem.get("title").stringValue()).isEqualTo(published.title());
        var explained = body(root().get(problem.get("type").stringValue()), 200);
        assertThat(explained.get("type")).isEqualTo(problem.get("type"));
        assertThat(explained.get("status")).isEqualTo(problem.get("status"));
        assertThat(explained.get("title")).isEqualTo(problem.get("title"));
        assertThat(explained.get("explanation").stringValue()).isEqualTo(published.explanation());
        return problem;
    }

    /** A row of a table of cases: what is sent, the place that is wrong, and the sentence that says so. */
    static org.junit.jupiter.params.provider.Arguments row(String body, String pointer, String sentence) {
        return org.junit.jupiter.params.provider.Arguments.arguments(body, pointer, sentence);
    }
}
