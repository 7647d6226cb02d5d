package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.fuzz.Operation;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The document that the service serves is the checked-in one, is complete, and its examples work. */
class OpenApiTests extends ApiTest {

    private static List<Operation> operations() {
        return Operation.of(OpenApiContract.CHECKED_IN.document());
    }

    @Test
    void theServedDocumentIsTheCheckedInOne() throws IOException {
        var served = root().get("/v3/api-docs.yaml").asString();
        if (Boolean.getBoolean("crashplug.openapi.write")) {
            Files.writeString(OpenApiContract.FILE, served);
        }
        assertThat(served)
                .as("after a wanted change, write it with mvn test -Dtest=OpenApiTests -Dcrashplug.openapi.write=true")
                .isEqualTo(Files.readString(OpenApiContract.FILE));
    }

    @Test
    void noPortLeaksIn() throws IOException {
        assertThat(Files.readString(OpenApiContract.FILE)).doesNotContain("localhost", "127.0.0.1");
    }

    @Test
    void everyOperationIsDescribed() {
        assertThat(operations()).hasSizeGreaterThan(15).allSatisfy(operation -> {
            assertThat(operation.document().path("operationId").asString("")).isNotEmpty();
            assertThat(operation.document().path("summary").asString("")).isNotEmpty();
            assertThat(operation.document().path("tags")).isNotEmpty();
            for (var parameter : operation.document().path("parameters")) {
                assertThat(parameter.path("description").asString(""))
                        .as("%s: %s", operation, parameter.get("name"))
                        .isNotEmpty();
            }
        });
        assertThat(operations())
                .extracting(operation -> operation.document().get("operationId").stringValue())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyOperationDeclaresItsProblems() {
        assertThat(operations()).allSatisfy(operation -> {
            var statuses = operation.document().get("responses").propertyNames();
            assertThat(statuses).contains("406", "500");
            if (operation.document().has("requestBody")) {
                assertThat(statuses).contains("400", "413", "415");
            }
            if (operation.path().contains("{")) {
                assertThat(statuses).contains("404");
            }
        });
    }

    @Test
    void everyExampleIsAccepted() {
        var accepted = new ArrayList<String>();
        for (var operation : inOrder()) {
            for (var content :
                    operation.document().path("requestBody").path("content").properties()) {
                var example = content.getValue().get("example");
                if (example != null) {
                    var answer = api().contentType(content.getKey())
                            .accept(ContentType.JSON)
                            .body(example.toString())
                            .request(
                                    Method.valueOf(operation.method()),
                                    operation
                                            .path()
                                            .replace("/api/v1", "")
                                            .replace("{machine}", "vm-17")
                                            .replace("{webhook}", "orchestrator"));
                    assertThat(answer.statusCode())
                            .as("%s: %s", operation, answer.asString())
                            .isBetween(200, 201);
                    accepted.add(operation.document().get("operationId").stringValue());
                }
            }
        }
        assertThat(accepted)
                .contains(
                        "createMachine",
                        "importMachine",
                        "loadCrashImage",
                        "applyChangeSet",
                        "patchMachine",
                        "patchWebhook",
                        "previewElfcorehdr");
    }

    /** Creation before use: the machine of the examples is the one that is imported. */
    private static List<Operation> inOrder() {
        var ranks = Map.of("importMachine", 0, "createMachine", 1, "loadCrashImage", 2, "registerWebhook", 2);
        return operations().stream()
                .sorted(java.util.Comparator.comparing(operation -> ranks.getOrDefault(
                        operation.document().get("operationId").stringValue(), 3)))
                .toList();
    }
}
