package io.crashplug.fuzz;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An operation of the OpenAPI document.
 *
 * @param path with variables in braces
 * @param method in capitals
 */
public record Operation(String path, String method, JsonNode document) {

    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    /** All of a document, those that take something away last. */
    public static List<Operation> of(JsonNode document) {
        return document.get("paths").properties().stream()
                .flatMap(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .map(method -> new Operation(
                                path.getKey(),
                                method.toUpperCase(Locale.ROOT),
                                path.getValue().get(method))))
                .sorted(Comparator.comparing(operation -> operation.method.equals("DELETE")))
                .toList();
    }

    public String id() {
        return document.get("operationId").stringValue();
    }

    Stream<JsonNode> parameters(String in) {
        return document.path("parameters")
                .valueStream()
                .filter(parameter -> parameter.get("in").stringValue().equals(in));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
