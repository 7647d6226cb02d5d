package io.crashplug.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.compare.OpenApiDiff;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of an OpenAPI document its clients can no longer rely on. */
final class BreakingChanges {

    private BreakingChanges() {}

    /** Operations whose clients may fail, as {@code GET /path}, and fields that are gone, as {@code Schema.field}. */
    static SortedSet<String> between(JsonNode before, JsonNode after) {
        var diff = OpenApiDiff.compare(
                model(before), model(after), OpenApiDiffOptions.builder().build());
        var broken = new TreeSet<String>();
        diff.getMissingEndpoints().forEach(gone -> broken.add(gone.getMethod() + " " + gone.getPathUrl()));
        diff.getChangedOperations().stream()
                .filter(changed -> changed.isIncompatible())
                .forEach(changed -> broken.add(changed.getHttpMethod() + " " + changed.getPathUrl()));
        // To the library a request's field may go, but unknown fields are refused here.
        var fields = fields(before);
        fields.removeAll(fields(after));
        broken.addAll(fields);
        return broken;
    }

    private static SortedSet<String> fields(JsonNode document) {
        var fields = new TreeSet<String>();
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .propertyNames()
                        .forEach(field -> fields.add(schema.getKey() + "." + field)));
        return fields;
    }

    private static OpenAPI model(JsonNode document) {
        var older = (ObjectNode) document.deepCopy();
        asVersion30(older);
        older.put("openapi", "3.0.3");
        try {
            return Json.mapper().readValue(older.toString(), OpenAPI.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Of version 3.1 the library does not compare types; that a value may be null is said otherwise in 3.0. */
    private static void asVersion30(JsonNode node) {
        node.forEach(BreakingChanges::asVersion30);
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        if (object.get("type") instanceof ArrayNode types) {
            withoutNull(types);
            object.remove("type");
            // Of several types 3.0 cannot tell.
            if (types.size() == 1) {
                object.set("type", types.get(0));
            }
            object.put("nullable", true);
        }
        if (object.get("enum") instanceof ArrayNode values) {
            withoutNull(values);
        }
        if (object.get("anyOf") instanceof ArrayNode choices && withoutNull(choices) != null) {
            object.remove("anyOf");
            object.set("allOf", choices);
            object.put("nullable", true);
        }
    }

    /** Takes null out, by whichever way it is written; answers null if it was not in. */
    private static @Nullable ArrayNode withoutNull(ArrayNode choices) {
        List<JsonNode> left = new ArrayList<>();
        for (var choice : choices) {
            if (!choice.isNull()
                    && !choice.asString("").equals("null")
                    && !choice.path("type").asString("").equals("null")) {
                left.add(choice);
            }
        }
        if (left.size() == choices.size()) {
            return null;
        }
        choices.removeAll();
        return choices.addAll(left);
    }
}
