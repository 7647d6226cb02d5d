package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every answer that a test gets against the checked-in OpenAPI document. */
final class OpenApiContract implements Filter {

    static final Path FILE = Path.of("openapi/crashplug.yaml");

    static final OpenApiContract CHECKED_IN = new OpenApiContract();

    private static final String IRI = "urn:crashplug:openapi";
    private static final List<String> HEADERS =
            List.of("Content-Range", "ETag", "Location", "Repr-Digest", "Retry-After");
    private static final Pattern PATH_VARIABLE = Pattern.compile("\\{[^}]*\\}");

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiContract() {
        try {
            var json = JsonMapper.builder().build();
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(0);
            document = json.valueToTree(new Yaml(options).load(Files.readString(FILE)));
            registry = SchemaRegistry.withDialect(
                    Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(IRI, document.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification response, FilterContext context) {
        var answer = context.next(request, response);
        check(request.getMethod(), URI.create(request.getURI()).getRawPath(), answer);
        return answer;
    }

    /** Fails unless the document says of such an answer that it may be given. */
    void check(String method, String path, Response answer) {
        var template = document.get("paths").propertyNames().stream()
                .filter(candidate -> path.matches(pattern(candidate)))
                .min(Comparator.comparing(candidate -> candidate.contains("{")))
                .orElse(null);
        var operation =
                template == null ? null : document.get("paths").get(template).get(method.toLowerCase(Locale.ROOT));
        if (operation == null) {
            // A path or method that does not exist has no entry; its problem is like any other.
            assertThat(answer.statusCode()).as("%s %s", method, path).isIn(404, 405);
            validate("#/components/schemas/Problem", answer);
            return;
        }
        var what = "%s %s answered %d".formatted(method, template, answer.statusCode());
        var declared = operation.get("responses").get(String.valueOf(answer.statusCode()));
        assertThat(declared).as(what + ", which is not declared").isNotNull();
        assertThat(answer.header("X-Request-Id")).as(what).isNotNull();
        for (var header : HEADERS) {
            assertThat(answer.header(header) == null || declared.path("headers").has(header))
                    .as("%s with %s, which is not declared", what, header)
                    .isTrue();
        }
        if (answer.asByteArray().length == 0) {
            return;
        }
        var mediaType = answer.contentType().replaceFirst(";.*", "");
        var content = declared.path("content").path(mediaType);
        assertThat(content.isMissingNode())
                .as(what + " as " + mediaType + ", which is not declared")
                .isFalse();
        if (mediaType.endsWith("json")) {
            validate(
                    "#/paths/%s/%s/responses/%d/content/%s/schema"
                            .formatted(
                                    escaped(template),
                                    method.toLowerCase(Locale.ROOT),
                                    answer.statusCode(),
                                    escaped(mediaType)),
                    answer);
        }
    }

    private void validate(String pointer, Response answer) {
        var schema = schemas.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(IRI + at)));
        assertThat(schema.validate(answer.asString(), InputFormat.JSON))
                .as(pointer)
                .isEmpty();
    }

    private static String pattern(String template) {
        return PATH_VARIABLE.matcher(template).replaceAll("[^/]+");
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
