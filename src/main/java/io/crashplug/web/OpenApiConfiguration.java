package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says of the service as a whole. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String TOKEN = "token";

    @Bean
    OpenAPI crashplugApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Crashplug")
                        .version("v1")
                        .description("Keeps kdump's elfcorehdr right across CPU and memory hotplug, for fleets of"
                                + " virtual machines. Addresses are hexadecimal text, sizes are bytes, ranges are"
                                + " inclusive, CPU sets are in the kernel's list syntax, times are RFC 3339 in UTC with"
                                + " microseconds. Unknown fields are refused. Every error is a problem of RFC 9457,"
                                + " whose type the service explains.")
                        .contact(new Contact().name("Crashplug maintainers"))
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .headers(new TreeMap<>(ResponseHeaders.SHARED))
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "An API token, or a JWT of the configured issuer; where the service"
                                                        + " requires authentication")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .addSecurityItem(new SecurityRequirement())
                // Without a server of its own the document would name the port it was made on.
                .servers(List.of(new Server().url("/")));
    }

    /** Every answer carries the request's id; the statuses stand in order. */
    private static void completeResponses(Operation operation) {
        var byStatus = new TreeMap<>(operation.getResponses());
        operation.getResponses().clear();
        byStatus.forEach((status, response) -> operation
                .getResponses()
                .addApiResponse(
                        status,
                        ResponseHeaders.describe(status, response)
                                .addHeaderObject(
                                        RequestId.HEADER,
                                        new Header()
                                                .description("The request's id")
                                                .schema(simple("string", "As given, or made")))));
    }

    /** Generated clients take the first type of a body: the one that has fields. */
    private static void putJsonFirst(Operation operation) {
        if (operation.getRequestBody() == null) {
            return;
        }
        var content = operation.getRequestBody().getContent();
        var types = new ArrayList<>(content.entrySet());
        content.clear();
        types.sort(Comparator.comparing(type -> !type.getKey().endsWith("json")));
        types.forEach(type -> content.put(type.getKey(), type.getValue()));
    }

    /** RFC 9457 with the members that problems of this service have. */
    private static Schema<?> problem() {
        var fieldError = object(new TreeMap<>(Map.of(
                "pointer", text("JSON pointer into the body, or the name of a parameter"),
                "detail", text("What is wrong with the field"))));
        var errors = new JsonSchema();
        errors.setTypes(Set.of("array"));
        errors.setItems(fieldError);
        errors.setDescription("The fields that are wrong");
        var properties = new LinkedHashMap<String, Schema<?>>();
        properties.put("type", text("Names the problem; GET it for an explanation"));
        properties.put("title", text("The type in words"));
        properties.put("status", number("The HTTP status"));
        properties.put("detail", text("What happened, with the numbers"));
        properties.put("instance", text("The path of the request"));
        properties.put(ProblemDocument.REQUEST_ID, text("The request's id, as in the header, the log and the history"));
        properties.put("errors", errors);
        properties.put("sequence", number("The entry of the history that keeps the refusal"));
        properties.put("changeIndex", number("The change that is impossible"));
        properties.put("elfszBytes", number("Size of the header that was built"));
        properties.put("memszBytes", number("Size of its segment"));
        properties.put("most", number("How many there may be"));
        properties.put("maxBytes", number("How many bytes a body may have"));
        properties.put(Problem.RETRY_AFTER_SECONDS, number("When to try again, in seconds from now"));
        properties.put("errno", text("What the kernel would return, as EINVAL"));
        properties.put("rule", text("The kernel's rule that failed"));
        var problem = object(properties);
        problem.setRequired(List.of("type", "title", "status", "detail", ProblemDocument.REQUEST_ID));
        return problem;
    }

    private static Schema<?> object(Map<String, Schema<?>> properties) {
        var schema = new JsonSchema();
        schema.setTypes(Set.of("object"));
        properties.forEach(schema::addProperty);
        return schema;
    }

    private static Schema<?> text(String description) {
        return simple("string", description);
    }

    private static Schema<?> number(String description) {
        return simple("integer", description);
    }

    private static Schema<?> simple(String type, String description) {
        var schema = new JsonSchema();
        schema.setTypes(Set.of(type));
        schema.setDescription(description);
        return schema;
    }

    /** The same order every time, so that two documents can be compared. */
    @Bean
    OpenApiCustomizer inAlphabeticalOrder() {
        return api -> {
            var paths = new TreeMap<>(api.getPaths());
            api.getPaths().clear();
            api.getPaths().putAll(paths);
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> {
                        completeResponses(operation);
                        putJsonFirst(operation);
                    });
            api.getComponents().addSchemas("Problem", problem());
            api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
        };
    }
}
