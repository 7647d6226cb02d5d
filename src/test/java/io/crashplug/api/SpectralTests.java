package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document keeps Spectral's rules and the project's, and each of the latter can be broken. */
class SpectralTests {

    private static final Path RULES = Path.of("openapi/spectral.yaml");

    private static ExternalTool.Ended lint(Path document) throws IOException, InterruptedException {
        return ExternalTool.run(
                Path.of(""),
                List.of(
                        "spectral",
                        "lint",
                        "--fail-severity=hint",
                        "--ruleset=" + RULES,
                        "--format=text",
                        document.toString()));
    }

    @Test
    void nothingIsFound() throws IOException, InterruptedException {
        var spectral = lint(OpenApiContract.FILE);
        assertThat(spectral.said()).contains("No results");
        assertThat(spectral.status()).isZero();
    }

    @Test
    void eachRuleFindsWhatBreaksIt(@TempDir Path folder) throws IOException, InterruptedException {
        var document = folder.resolve("spoilt.json");
        Files.writeString(document, spoilt().toString());
        var spectral = lint(document);
        assertThat(spectral.status()).isEqualTo(1);
        var rules = ApiTest.JSON
                .valueToTree(new Yaml().load(Files.readString(RULES)))
                .get("rules")
                .propertyNames();
        assertThat(rules)
                .hasSizeGreaterThan(10)
                .allSatisfy(rule -> assertThat(spectral.said()).contains(" " + rule + " "));
        assertThat(spectral.said()).contains(" operation-description ", " oas3-valid-media-example ");
    }

    private static JsonNode spoilt() {
        var document = OpenApiContract.CHECKED_IN.document().deepCopy();
        var fleet = operation(document, "/fleet", "get");
        fleet.put("operationId", "get_fleet");
        fleet.putArray("tags");
        fleet.remove("summary");
        fleet.remove("description");
        var hotplug = operation(document, "/machines/{machine}/hotplug-events", "post");
        var responses = (ObjectNode) hotplug.get("responses");
        responses.remove(List.of("400", "404", "415"));
        ((ObjectNode) hotplug.at("/parameters/0")).remove("description");
        ((ObjectNode) hotplug.at("/requestBody/content/application~1json/example")).put("changes", "none");
        ((ObjectNode) responses.at("/500/content")).putObject("text/html");
        ((ObjectNode) responses.at("/409/content/application~1problem+json"))
                .putObject("schema")
                .put("type", "object");
        ((ObjectNode) responses.at("/201/headers/X-Request-Id")).remove("description");
        var creation = operation(document, "/machines", "post");
        ((ObjectNode) creation.at("/requestBody/content/application~1json")).remove("example");
        operation(document, "/machines", "get").putArray("parameters");
        ((ObjectNode) document.at("/components/schemas/PageMachine/properties")).remove("nextPageToken");
        return document;
    }

    private static ObjectNode operation(JsonNode document, String path, String method) {
        return (ObjectNode) document.get("paths").get("/api/v1" + path).get(method);
    }
}
