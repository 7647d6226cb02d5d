package io.crashplug.web;

import io.crashplug.problem.ProblemType;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.json.JsonMapper;

/** Completes the document of each operation: its problems by status, the request id, an example of its body. */
@Component
class OperationDocument implements OperationCustomizer {

    private static final String PROBLEM = "application/problem+json";

    private final JsonMapper json;

    OperationDocument(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        describeRequestId(operation);
        KeyDocument.describe(operation, method);
        describeParameters(operation);
        describeProblems(operation, method);
        addExample(operation, method);
        return operation;
    }

    private static void describeRequestId(Operation operation) {
        var parameters = operation.getParameters();
        if (parameters == null
                || parameters.stream().noneMatch(known -> known.getName().equals(RequestId.HEADER))) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name(RequestId.HEADER)
                    .required(false)
                    .description("An id for log, audit and answer; made where left out")
                    .schema(text()));
        }
    }

    private static void describeParameters(Operation operation) {
        for (var parameter : operation.getParameters()) {
            if (parameter.getDescription() == null) {
                parameter.setDescription(
                        switch (parameter.getName()) {
                            case "machine" -> "A machine's id or name";
                            case "If-Match" -> "ETags of the machine, one of which it must have; * for any";
                            case "If-None-Match" -> "ETags of what is known already, answered with 304; * for any";
                            case "Range" -> "One range of bytes, as bytes=0-63; anything else is passed over";
                            case "If-Range" -> "The ETag the range is of; else all bytes are answered";
                            case "index" -> "A segment's index, from 0";
                            case "sequence" -> "Its number, from 1";
                            case "revision" -> "A revision's number, from 1";
                            case "name" -> "The last part of a problem's type";
                            case "outcome" -> "Events that ended so";
                            case "token" -> "A token's name";
                            case "actor" -> "Events that this principal asked for";
                            default -> parameter.getName();
                        });
            }
        }
    }

    private static void describeProblems(Operation operation, HandlerMethod method) {
        // Whatever is asked for, a request may hold what no path, query or header may.
        var types = EnumSet.of(
                ProblemType.INVALID_REQUEST, ProblemType.FORBIDDEN, ProblemType.NOT_ACCEPTABLE, ProblemType.INTERNAL);
        if (operation.getRequestBody() != null || isPost(method)) {
            types.addAll(EnumSet.of(
                    ProblemType.BODY_TOO_LARGE,
                    ProblemType.REQUEST_TIMEOUT,
                    ProblemType.TOO_MANY_AT_ONCE,
                    ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        var base = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), RequestMapping.class);
        var path = base == null ? "" : String.join("", base.path());
        if (path.contains("{machine}")) {
            types.add(ProblemType.NOT_FOUND);
        }
        // Tokens are in the database, so any operation may need it.
        if (path.startsWith("/api/v1")) {
            types.addAll(EnumSet.of(
                    ProblemType.UNAUTHORIZED,
                    ProblemType.TOO_MANY_REQUESTS,
                    ProblemType.ISSUER_UNAVAILABLE,
                    ProblemType.TOOK_TOO_LONG,
                    ProblemType.DATABASE_UNAVAILABLE));
        }
        types.addAll(KeyDocument.problems(method));
        var more = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Fails.class);
        types.addAll(more == null ? Set.of() : Set.of(more.with()));
        var byStatus =
                types.stream().collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, ofStatus) -> {
            var names = new LinkedHashSet<String>();
            ofStatus.forEach(type -> names.add(type.publishedName()));
            operation
                    .getResponses()
                    .addApiResponse(
                            String.valueOf(status),
                            new ApiResponse()
                                    .description("Problems of type " + String.join(", ", names))
                                    .content(new Content()
                                            .addMediaType(
                                                    PROBLEM,
                                                    new MediaType()
                                                            .schema(new Schema<>()
                                                                    .$ref("#/components/schemas/Problem")))));
        });
    }

    /** Bodies come with it also where none is asked for. */
    private static boolean isPost(HandlerMethod method) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping != null && List.of(mapping.method()).contains(RequestMethod.POST);
    }

    private void addExample(Operation operation, HandlerMethod method) {
        var example = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Example.class);
        if (example != null && operation.getRequestBody() != null) {
            try (var file = new ClassPathResource("examples/" + example.value()).getInputStream()) {
                var tree = json.readValue(file, Object.class);
                operation.getRequestBody().getContent().forEach((type, content) -> {
                    if (type.endsWith("json")) {
                        content.setExample(tree);
                    }
                });
            } catch (java.io.IOException e) {
                throw new IllegalStateException("there is no example " + example.value(), e);
            }
        }
    }

    private static Schema<?> text() {
        var schema = new JsonSchema();
        schema.addType("string");
        return schema;
    }
}
