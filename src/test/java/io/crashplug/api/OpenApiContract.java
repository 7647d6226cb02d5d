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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
            List.of("Content-Range", "ETag", "Location", "Repr-Digest", "Retry-After", "RateLimit", "RateLimit-Policy");
    private static final Pattern PATH_VARIABLE = Pattern.compile("\\{[^}]*\\}");

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiContract() {
        try {
            document = parse(Files.readString(FILE));
            registry = SchemaRegistry.withDialect(
                    Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(IRI, document.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document as a tree. */
    static JsonNode parse(String yaml) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        return JsonMapper.shared().valueToTree(new Yaml(options).load(yaml));
    }

    JsonNode document() {
        return document;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification response, FilterContext context) {
        var answer = context.next(request, response);
        var path = URI.create(request.getURI()).getRawPath();
        check(request.getMethod(), path, new Answer(answer.statusCode(), answer::header, answer.asByteArray()));
        if (answer.statusCode() < 300 && request.getBody() instanceof String body) {
            checkRequest(request.getMethod(), path, request.getContentType(), body);
        }
        return answer;
    }

    /** Fails if a request was carried out that the document does not allow. */
    private void checkRequest(String method, String path, String contentType, String body) {
        var template = template(path);
        var type = contentType.replaceFirst(";.*", "");
        var pointer = "/paths/%s/%s/requestBody/content/%s/schema";
        var lower = method.toLowerCase(Locale.ROOT);
        if (template != null
                && type.endsWith("json")
                && !document.at(pointer.formatted(template.replace("/", "~1"), lower, type.replace("/", "~1")))
                        .isMissingNode()) {
            validate("#" + pointer.formatted(escaped(template), lower, escaped(type)), body);
        }
    }

    private @Nullable String template(String path) {
        return document.get("paths").propertyNames().stream()
                .filter(candidate -> path.matches(pattern(candidate)))
                .min(Comparator.comparing(candidate -> candidate.contains("{")))
                .orElse(null);
    }

    /** What a client got. */
    record Answer(int status, UnaryOperator<@Nullable String> headers, byte[] body) {

        @Nullable
        String header(String name) {
            return headers.apply(name);
        }

        String mediaType() {
            var type = header("Content-Type");
            return type == null ? "none" : type.replaceFirst(";.*", "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Fails unless the document says of such an answer that it may be given. */
    void check(String method, String path, Answer answer) {
        var template = template(path);
        // The answer to HEAD is that to GET; methods are told apart by case.
        var documented = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        var operation = template == null || documented.equals(method)
                ? null
                : document.get("paths").get(template).get(documented);
        if (operation == null) {
            checkUndocumented(method, path, answer);
            return;
        }
        var what = "%s %s answered %d".formatted(method, template, answer.status());
        var declared = operation.get("responses").get(String.valueOf(answer.status()));
        assertThat(declared).as(what + ", which is not declared").isNotNull();
        assertThat(answer.header("X-Request-Id")).as(what).isNotNull();
        for (var header : HEADERS) {
            assertThat(answer.header(header) == null || declared.path("headers").has(header))
                    .as("%s with %s, which is not declared", what, header)
                    .isTrue();
        }
        if (answer.body().length == 0) {
            return;
        }
        var mediaType = answer.mediaType();
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
                                    answer.status(),
                                    escaped(mediaType)),
                    answer.text());
        }
    }

    /** A path or method that does not exist has no entry; its problem is like any other. */
    private void checkUndocumented(String method, String path, Answer answer) {
        if (method.equals("OPTIONS") && answer.status() == 200) {
            assertThat(answer.header("Allow")).contains("OPTIONS");
            return;
        }
        assertThat(answer.status())
                .as("%s %s", method, path)
                .isIn(400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 503);
        if (!method.equals("HEAD")) {
            assertThat(answer.mediaType()).isEqualTo("application/problem+json");
            validate("#/components/schemas/Problem", answer.text());
        }
    }

    private void validate(String pointer, String json) {
        var schema = schemas.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(IRI + at)));
        assertThat(schema.validate(json, InputFormat.JSON)).as(pointer).isEmpty();
    }

    private static String pattern(String template) {
        return PATH_VARIABLE.matcher(template).replaceAll("[^/]+");
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
