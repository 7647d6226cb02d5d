package io.crashplug.web;

import io.crashplug.problem.ProblemType;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/** Describes the header Idempotency-Key of operations that change something. */
final class KeyDocument {

    private static final String KEY = "Idempotency-Key";

    private KeyDocument() {}

    static void describe(Operation operation, HandlerMethod method) {
        if (!changesState(method)) {
            return;
        }
        // Where bodies of several types are taken, a method for each is asked for one operation.
        if (operation.getParameters() == null
                || operation.getParameters().stream()
                        .noneMatch(known -> known.getName().equals(KEY))) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name(KEY)
                    .required(false)
                    .description("Names the request, so that it can be sent again: it is carried out once")
                    .schema(text()));
        }
        operation.getResponses().values().stream()
                .filter(response -> response.get$ref() == null)
                .forEach(response -> response.addHeaderObject(
                        "Idempotency-Replayed",
                        new Header()
                                .description("true if the answer was given before")
                                .schema(text())));
    }

    static Set<ProblemType> problems(HandlerMethod method) {
        return changesState(method)
                ? EnumSet.of(ProblemType.IDEMPOTENCY_KEY_REUSED, ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS)
                : Set.of();
    }

    private static JsonSchema text() {
        var schema = new JsonSchema();
        schema.addType("string");
        return schema;
    }

    private static boolean changesState(HandlerMethod method) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        var base = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), RequestMapping.class);
        if (mapping == null) {
            return false;
        }
        var path = (base == null ? "" : String.join("", base.path())) + String.join("", mapping.path());
        return Arrays.stream(mapping.method()).anyMatch(verb -> StateChanges.mayComeOf(verb.name(), path));
    }
}
